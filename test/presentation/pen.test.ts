import { describe, expect, it } from 'vitest';
import { toPen } from '../../presentation/pen.ts';

describe('on a terminal with colours', () => {
  const pen = toPen({ color: true, width: 80.5 });

  it('paints, and keeps letters of all scripts', () => {
    expect(pen.paint('bad', 'no')).toBe('\u001B[1;31mno\u001B[0m');
    expect(pen.paint('good', '')).toBe('');
    expect(pen.plain('Zoë ≤ 2')).toBe('Zoë ≤ 2');
    expect(pen.width).toBe(80);
  });

  it('lets nothing in a text move the cursor', () => {
    expect(pen.plain('a\u001B[2Jb')).toBe('a [2Jb');
  });
});

it('without colours everything is ASCII', () => {
  const pen = toPen({ color: false, width: 3 });
  expect(pen.paint('bad', 'no')).toBe('no');
  expect(pen.plain('Zoë ≤ 2')).toBe('Zoe <= 2');
  expect(pen.ellipsis).toBe('...');
  expect(pen.width).toBe(20);
});
