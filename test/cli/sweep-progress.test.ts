import { afterEach, describe, expect, test, vi } from 'vitest';
import { fitLine, formatSeconds, SweepLog } from '../../cli/sweep-progress.ts';
import { columnsOfText } from '../../presentation/index.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

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

  test('foretells the time left by the pace so far, once that can be told', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(5_000);
    const lines: string[] = [];
    const log = new SweepLog(200, (line) => lines.push(line));
    const passAt = (ms: number, runs: number): void => {
      clock.mockReturnValue(5_000 + ms);
      for (let run = 0; run < runs; run++) log.end('seed', 'pass');
    };
    passAt(1_900, 10);
    passAt(8_000, 10);
    log.end('seed 21', 'fail');
    passAt(60_000, 129);
    passAt(80_000, 50);
    expect([lines[0], lines[1], lines[2], lines.at(-6), lines.at(-1)]).toEqual([
      '[10/200] done',
      // 20 runs in 8 s: 180 more.
      '[20/200] done, 1 min 12 s left',
      '[21/200] fail  seed 21',
      // 150 runs in 1 min: 50 more.
      '[150/200] done, 1 failed, 20 s left',
      '[200/200] done, 1 failed',
    ]);
  });
});
