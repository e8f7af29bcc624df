import { describe, expect, it } from 'vitest';
import { drawPlot } from '../../../device-bench/monitor/plot.ts';

const RISE = Array.from({ length: 9 }, (_, x) => ({ x, y: x }));
const FIELD = { columns: 5, rows: 3, x: [0, 8], y: [0, 8] } as const;

describe('a plot', () => {
  it('has eight dots in a character of braille', () => {
    expect(drawPlot(RISE, { ...FIELD, unicode: true })).toEqual(['   ⢀⠊', ' ⢀⠠⠁ ', '⡠⠁   ']);
  });

  it('has three heights in a character of ASCII', () => {
    expect(drawPlot(RISE, { ...FIELD, unicode: false })).toEqual(["   .'", "  -' ", ".'   "]);
  });

  it('shows a level curve in its middle', () => {
    const level = RISE.map(({ x }) => ({ x, y: 7 }));
    const rows = drawPlot(level, { ...FIELD, y: [7, 7], unicode: false });
    expect(rows).toEqual(['     ', '-----', '     ']);
  });

  it('leaves out what is outside of its field', () => {
    const outside = [
      { x: -1, y: 1 },
      { x: 9, y: 1 },
      { x: 1, y: -1 },
      { x: 1, y: 9 },
    ];
    expect(drawPlot(outside, { ...FIELD, unicode: true })).toEqual(['     ', '     ', '     ']);
  });
});
