import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnsOfText,
  cutText,
  padText,
  takeColumns,
  toAscii,
  withoutControls,
  wrapText,
} from '../../presentation/terminal-text.ts';

const anyText = fc.string({ unit: 'grapheme' });

describe('columnsOfText', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['Zoë', 3],
    ['Zoe\u0308', 3],
    ['漢字', 4],
    ['한글', 4],
    ['Ｆ', 2],
    ['🎉', 2],
    ['≤ 5 …', 5],
  ])('%j takes %d', (text, columns) => expect(columnsOfText(text)).toBe(columns));
});

describe('withoutControls', () => {
  it('leaves nothing that moves a cursor, changes a colour or turns the writing', () => {
    expect(withoutControls('a\u001B[31mb\r\nc\u202Ed\u0007')).toBe('a [31mb c d ');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(withoutControls(text)).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
      }),
    );
  });
});

describe('toAscii', () => {
  it.each([
    ['Zoë’s – “test” …', `Zoe's - "test" ...`],
    ['≥ 5 · Straße', '>= 5 | Strasse'],
    ['漢🎉', '??'],
  ])('spells %j as %j', (text, ascii) => expect(toAscii(text)).toBe(ascii));

  it('leaves nothing else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(toAscii(withoutControls(text))).toMatch(/^[ -~]*$/);
      }),
    );
  });
});

describe('cutText', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abc def', 5, 'abc…'],
    ['漢字漢字', 6, '漢字…'],
    ['abcdef', 1, 'a'],
  ])('%j in %d columns is %j', (text, width, cut) => expect(cutText(text, width, '…')).toBe(cut));

  it('never takes more columns than it has', () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, width) => {
        expect(columnsOfText(cutText(text, width, '...'))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it('takes whole characters only', () => {
  expect(takeColumns('a漢b', 2)).toBe('a');
  expect(takeColumns('a🎉b', 3)).toBe('a🎉');
});

it('pads by columns, not by characters', () => {
  expect(padText('漢', 4, 'left')).toBe('漢  ');
  expect(padText('12', 4, 'right')).toBe('  12');
  expect(padText('12345', 4, 'right')).toBe('12345');
});

describe('wrapText', () => {
  it('breaks between words, and within a word that has no room', () => {
    expect(wrapText('one two  three machine_learning', 8)).toEqual([
      'one two',
      'three',
      'machine_',
      'learning',
    ]);
  });

  it('keeps all the text and stays within the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapText(text, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(Math.max(...lines.map(columnsOfText))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
