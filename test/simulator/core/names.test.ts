import { describe, expect, it } from 'vitest';
import { FIRST_NAMES, LAST_NAMES } from '../../../simulator/core/names.ts';

describe('invented names', () => {
  it.each([
    ['first', FIRST_NAMES],
    ['last', LAST_NAMES],
  ])('%s: 40 different ones that can stand in an e-mail address as they are', (_which, names) => {
    expect(new Set(names).size).toBe(40);
    expect(names).toHaveLength(40);
    for (const name of names) expect(name).toMatch(/^[A-Z][a-z]+$/);
  });
});
