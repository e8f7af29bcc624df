import { expect, test } from 'vitest';
import { findLine, linesOf } from '../../../scenarios/explain/heard-lines.ts';

test('lines end at LF, with the time of their last byte; what is left is a line, too', () => {
  const heard = [
    { atMs: 1, bytes: 'ab' },
    { atMs: 2, bytes: 'c\r\nde' },
    { atMs: 3, bytes: 'f' },
  ];
  expect(linesOf(heard)).toEqual([
    { atMs: 2, text: 'abc\r' },
    { atMs: 3, text: 'def' },
  ]);
});

const LINES = linesOf([
  { atMs: 10, bytes: '$R,AAAA,1,100,201,0*0000\r\n' },
  { atMs: 20, bytes: '$R,AAAA,1,100,201,0*0000\r\n$R,AAAA,2,2x0,202,0*1111\r\n' },
  { atMs: 30, bytes: 'abc\r\n' },
]);

function sent(meant: string, passed = meant, atMs = 15): Parameters<typeof findLine>[1] {
  return { readings: [0], atMs, meant, passed, damages: [] };
}

test.each([
  ['a whole line, not before it was sent', sent('$R,AAAA,1,100,201,0*0000\r\n'), 1],
  [
    'a damaged line by what went out',
    sent('$R,AAAA,2,200,202,0*1111\r\n', '$R,AAAA,2,2x0,202,0*1111\r\n'),
    2,
  ],
  ['a line of which only the beginning is left', sent('$R,AAAA,2,999,999,0*2222\r\n'), 2],
  ['a line of which only the end is left', sent('$R,BBBB,7,700,202,0*1111\r\n'), 2],
  ['nothing of a line whose neighbours begin alike', sent('$R,AAAA,3,3,203,0*3333\r\n'), undefined],
  ['a short rest that is a line of its own', sent('$R,AAAA,3,300,203,0*3333\r\n', 'abc\r\n'), 3],
  ['nothing of a line that is gone', sent('$R,BBBB,3,300,203,0*3333\r\n', ''), undefined],
])('finds %s', (_case, bytes, index) => {
  expect(findLine(LINES, bytes)).toEqual(index === undefined ? undefined : LINES[index]);
});
