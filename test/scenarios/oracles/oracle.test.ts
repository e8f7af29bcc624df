import { describe, expect, it } from 'vitest';
import { formatPlural, wordFor } from '../../../scenarios/oracles/oracle.ts';

describe('formatPlural', () => {
  it.each([
    [0, '0 readings'],
    [1, '1 reading'],
    [109_953, '109,953 readings'],
  ])('%d: %s', (count, text) => expect(formatPlural(count, 'reading')).toBe(text));
});

describe('wordFor', () => {
  it.each([
    [0, 'are'],
    [1, 'is'],
    [2, 'are'],
  ])('%d: %s', (count, word) => expect(wordFor(count, 'is', 'are')).toBe(word));
});
