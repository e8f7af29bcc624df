import { expect, it } from 'vitest';
import { engineBytes, parseBytes } from '../../../pipeline/engine/memory-budget.ts';

it('reads sizes with their unit, and nothing else', () => {
  expect(['4GB', '1.5 GiB', '512mb', '4', 'GB', '-1GB', ''].map(parseBytes)).toEqual([
    4e9,
    1.5 * 2 ** 30,
    512e6,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('leaves the engine what Node does not need, at least a fifth', () => {
  expect(engineBytes(4e9)).toBe(2_555_000_000);
  expect(engineBytes(300e6)).toBe(60e6);
});
