import { describe, expect, it } from 'vitest';
import { Fields } from '../../../device-bench/core/fields.ts';

const rulesOf = ({ breaches }: Fields): string[] => breaches.map(({ rule }) => rule);

describe('Fields', () => {
  it.each([
    ['0', 0],
    ['65535', 65_535],
  ])('reads the number %s without a word', (text, value) => {
    const fields = new Fields([text]);
    expect(fields.number(0, 'seq', 65_536)).toBe(value);
    expect(fields.breaches).toEqual([]);
  });

  it.each([
    ['007', 7],
    ['+7', 7],
    [' 7', 7],
    ['7.0', 7],
    ['1e3', 1000],
    ['0x10', 16],
    ['-1', 65_535],
  ])('reads the misspelt number %j, and says so once', (text, value) => {
    const fields = new Fields([text]);
    expect(fields.number(0, 'seq', 65_536)).toBe(value);
    expect(rulesOf(fields)).toEqual(['STL-FRAME-008']);
    expect(fields.breaches[0]?.message).toContain(`The seq is spelt "${text}"`);
  });

  it.each(['', ' ', 'nan', '1,5', '12a'])('finds no number in %j', (text) => {
    const fields = new Fields([text]);
    expect(fields.number(0, 'seq', 65_536)).toBeNaN();
    expect(rulesOf(fields)).toEqual(['STL-FRAME-007']);
  });

  it('blames a line that ends early for its number of fields, and for nothing else', () => {
    const fields = new Fields(['R', '7F3A']);
    expect(fields.number(2, 'seq', 65_536)).toBeNaN();
    expect(fields.boot(3)).toBe('0000');
    expect(fields.text(3)).toBe('');
    expect(fields.breaches).toEqual([]);
    fields.count(4);
    expect(fields.breaches).toEqual([
      { rule: 'STL-FRAME-007', message: 'The line has 2 fields, not 4.' },
    ]);
  });

  it('refuses a line once, and counts every misspelling', () => {
    const fields = new Fields(['x', 'y', '01', '02']);
    for (const index of [0, 1, 2, 3]) fields.number(index, 'seq', 65_536);
    expect(rulesOf(fields)).toEqual(['STL-FRAME-007', 'STL-FRAME-008', 'STL-FRAME-008']);
  });

  it.each([
    ['7F3A', '7F3A', []],
    ['7f3a', '7F3A', ['STL-FRAME-008']],
    ['3A', '003A', ['STL-FRAME-008']],
    ['0x7F3A', '7F3A', ['STL-FRAME-008']],
    ['00007F3A', '7F3A', ['STL-FRAME-008']],
    ['boot', 'BOOT', ['STL-FRAME-007']],
    ['', '0000', ['STL-FRAME-007']],
  ])('reads the boot id %j', (text, boot, rules) => {
    const fields = new Fields([text]);
    expect(fields.boot(0)).toBe(boot);
    expect(rulesOf(fields)).toEqual(rules);
  });
});
