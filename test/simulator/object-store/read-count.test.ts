import { describe, expect, it } from 'vitest';
import { readCount } from '../../../simulator/object-store/read-count.ts';
import { refusalCode } from './fake-request.ts';

const LIMITS = { fallback: 1000, max: 500 };

describe('numbers in the query', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    ['0007', 7],
    ['500', 500],
    ['501', 500],
  ])('%s is read as %i', (text, expected) => {
    expect(readCount(new Map([['n', text]]), 'n', LIMITS)).toBe(expected);
  });

  it('fall back when they are absent', () => {
    expect(readCount(new Map(), 'n', LIMITS)).toBe(1000);
  });

  it.each(['', '-1', '1.5', '1e3', 'many', ' 1', '1234567890'])('%j is refused', async (text) => {
    const read = (): number => readCount(new Map([['n', text]]), 'n', LIMITS);
    expect(await refusalCode(read)).toBe('InvalidArgument');
  });
});
