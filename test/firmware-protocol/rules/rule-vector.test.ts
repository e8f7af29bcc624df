import { describe, expect, it } from 'vitest';
import { readVectors } from '../../../firmware-protocol/rules/rule-vector.ts';

describe('readVectors', () => {
  it('reads conversations under their headings', () => {
    const vectors = readVectors(`
      right: an answer
           0 > PING*6427
        2-9.5 < =OK,,PING,*32AD
         900 end
      wrong: none (also STL-CMD-003 STL-ERR-007)
        0 reset
    `);
    expect(vectors).toEqual({
      right: [
        {
          about: 'an answer',
          entries: [
            { kind: 'sent', atMs: 0, bytes: 'PING*6427\r\n', understood: true },
            {
              kind: 'received',
              fromMs: 2,
              atMs: 9.5,
              bytes: '=OK,,PING,*32AD\r\n',
              understood: true,
            },
            { kind: 'act', atMs: 900, name: 'end' },
          ],
          also: [],
        },
      ],
      wrong: [
        {
          about: 'none',
          entries: [{ kind: 'reset', atMs: 0 }],
          also: ['STL-CMD-003', 'STL-ERR-007'],
        },
      ],
    });
  });

  it.each([
    ['9 < x', { kind: 'received', bytes: 'x\r\n', understood: true }],
    ['9 <? x', { kind: 'received', bytes: 'x\r\n', understood: false }],
    ['9 <~ x', { kind: 'received', bytes: 'x', understood: false }],
    ['9 <?', { kind: 'received', bytes: '\r\n', understood: false }],
    ['9 <?  x ', { kind: 'received', bytes: ' x \r\n', understood: false }],
    ['9 > x', { kind: 'sent', bytes: 'x\r\n', understood: true }],
    ['9 >! x', { kind: 'sent', bytes: 'x\r\n', understood: false }],
    ['9 >!', { kind: 'sent', bytes: '\r\n', understood: false }],
    ['9 > x␊', { kind: 'sent', bytes: 'x\n', understood: true }],
    ['9 <? x␍', { kind: 'received', bytes: 'x\r', understood: false }],
    ['9 <? ␀␛␡␉\u00ff', { kind: 'received', bytes: '\0\x1b\x7f\t\u00ff\r\n', understood: false }],
    ['9 < 12 > reset', { kind: 'received', bytes: '12 > reset\r\n', understood: true }],
  ])('%j', (line, entry) => {
    const [vector] = readVectors(`right: it\n${line}`).right;
    expect(vector?.entries).toMatchObject([{ atMs: 9, ...entry }]);
  });
});
