import { expect } from 'vitest';
import { getText, put, refusalOf, type Stage } from './object-store-stage.ts';

async function expectRoundTrips(stage: Stage, keys: readonly string[]): Promise<void> {
  for (const key of keys) await put(stage, key, `at ${key}`);
  for (const key of keys) expect(await getText(stage, key)).toBe(`at ${key}`);
}

export const keyFeatures = {
  'keys hold spaces, signs and any script': async (stage: Stage): Promise<void> => {
    await expectRoundTrips(stage, [
      'keys/with space',
      'keys/a+b=c&d;e,f@g:h$i',
      "keys/!'()*~?#[]",
      'keys/%2f%20',
      'keys/日本 ü 🏃',
    ]);
  },

  'keys may differ only in case': async (stage: Stage): Promise<void> => {
    await expectRoundTrips(stage, ['keys/Case', 'keys/case', 'keys/CASE']);
  },

  'a key may be the beginning of another, up to a slash': async (stage: Stage): Promise<void> => {
    await expectRoundTrips(stage, ['keys/tree', 'keys/tree/leaf']);
  },

  'keys hold empty, . and .. segments as they are': async (stage: Stage): Promise<void> => {
    await expectRoundTrips(stage, ['keys//double', 'keys/./dot', 'keys/../up', '/rooted']);
  },

  'keys have up to 1024 bytes': async (stage: Stage): Promise<void> => {
    await expectRoundTrips(stage, ['k'.repeat(1024), 'k'.repeat(1023)]);
  },

  'a key of more than 1024 bytes is refused': async (stage: Stage): Promise<void> => {
    expect(await refusalOf(put(stage, 'k'.repeat(1025), 'x'))).toBe('KeyTooLongError 400');
  },
};
