import { describe, expect, test } from 'vitest';
import { fitLine, formatSeconds, SweepLog } from '../../cli/sweep-progress.ts';
import { columnsOfText } from '../../presentation/index.ts';

const TITLE = 'seed 117 · A phone sends every message twice, and once more at the end of its walk';

describe('the moving line', () => {
  test('shows a title whole as long as there is room', () => {
    expect(fitLine(['2 failed · 8 s left', TITLE, 'zones'], 200)).toBe(
      `2 failed · 8 s left · ${TITLE} · zones`,
    );
    expect(fitLine(['', TITLE, ''], TITLE.length)).toBe(TITLE);
  });

  test.each([42, 58, 70, 90])('fits %d columns: only the title is cut', (room) => {
    const line = fitLine(['1 failed', TITLE, 'devices 12 %'], room);
    expect(columnsOfText(line)).toBeLessThanOrEqual(room);
    // What ends with a space is cut before it.
    expect(columnsOfText(line)).toBeGreaterThanOrEqual(room - 1);
    expect(line).toMatch(/^1 failed · seed 117 .*… · devices 12 %$/);
  });

  test('keeps the seed where there is hardly any room', () => {
    expect(fitLine(['', TITLE, 'verdict'], 5)).toBe('seed 117 · A ph… · verdict');
  });
});

test.each([
  [0.2, '1 s'],
  [59.4, '59 s'],
  [80, '1 min 20 s'],
  [7_500, '2 h 5 min'],
])('%d s left are told as %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

describe('a log', () => {
  const logOf = (total: number, ends: readonly ('pass' | 'fail')[]): string[] => {
    const lines: string[] = [];
    const log = new SweepLog(total, (line) => lines.push(line));
    for (const [index, end] of ends.entries()) log.end(`seed ${index + 1}`, end);
    return lines;
  };

  test('has a line for each of a few runs', () => {
    expect(logOf(2, ['pass', 'fail'])).toEqual(['[1/2] pass  seed 1', '[2/2] fail  seed 2']);
  });

  test('has of many a line for each twentieth, and for each that failed', () => {
    const lines = logOf(200, ['pass', 'fail', ...Array<'pass'>(18).fill('pass')]);
    expect(lines).toEqual([
      '[2/200] fail  seed 2',
      '[10/200] done, 1 failed',
      '[20/200] done, 1 failed',
    ]);
  });
});
