import { describe, expect, test } from 'vitest';
import {
  describeSweep,
  describeSweepVerdict,
  showResults,
} from '../../../scenarios/report/sweep-words.ts';
import { formatSummary } from '../../../scenarios/report/summary.ts';
import { describeVerdict } from '../../../scenarios/report/verdict-words.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import type { RunDocument, ScenarioResult } from '../../../scenarios/run/result.ts';
import { SweepTally } from '../../../scenarios/sweep/index.ts';
import { classicPublished, GREEN_RUN, strictPublished } from './sample-run.ts';

/** A sweep over seeds of which those from `failsFrom` on fail. */
function sweep(seeds: number, failsFrom = Infinity, planned = seeds): RunDocument {
  const tally = new SweepTally(planned);
  for (let seed = 1; seed <= seeds; seed++) {
    const result: ScenarioResult =
      seed >= failsFrom ? classicPublished({ seed }) : strictPublished({ seed });
    tally.add(seed - 1, result, { ms: 100 * seed, isFirst: seed === 1 });
  }
  return toRunDocument(tally.results, tally.notRun, {
    summary: tally.summary(seeds < planned),
    timing: tally.timing(1, 2),
    coverage: tally.coverage,
  });
}

describe('the verdict on a sweep', () => {
  test.each([
    ['all passed', sweep(30), 'All 30 runs passed.'],
    ['some failed', sweep(30, 29), '2 of 30 runs failed, 28 passed.'],
    [
      'it was stopped',
      sweep(312, Infinity, 1_000),
      'Stopped after 312 of 1,000 runs. All 312 runs passed.',
    ],
    [
      'it was stopped after one',
      sweep(1, Infinity, 9),
      'Stopped after 1 of 9 runs. The only scenario passed.',
    ],
    ['nothing came of it', sweep(0), 'No run came to a verdict, so nothing was tested.'],
  ])('when %s', (_, document, sentence) => {
    expect(describeSweepVerdict(document)).toBe(sentence);
    expect(describeVerdict(document)).toBe(sentence);
    expect(document.verdict).toBe(sentence === 'All 30 runs passed.' ? 'pass' : 'fail');
  });

  test('is none for a single run', () => {
    expect(describeSweepVerdict(GREEN_RUN)).toBeUndefined();
    expect(describeSweep(GREEN_RUN)).toEqual([]);
  });
});

describe('a summary', () => {
  test('names failing seeds and the slowest runs', () => {
    const lines = describeSweep(sweep(30, 29));
    expect(lines[0]).toMatch(/^Failing seeds of \S+: 29, 30\.$/);
    expect(describeSweep(sweep(30, 30))[0]).toMatch(/^Failing seed of \S+: 30\.$/);
    expect(lines.at(-1)).toMatch(/^Slowest: \S+ seed 30 \(3\.0 s\), \S+ seed 29 \(2\.9 s\), /);
  });

  test('shows of many runs one that passed, and the first that failed', () => {
    const { rows, failures, leftOut } = showResults(sweep(100, 41));
    expect(rows.map(({ seed }) => seed)).toEqual([1, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
    expect(failures).toHaveLength(10);
    expect(leftOut).toEqual(['39 more runs passed.', '50 more runs failed.']);
    const text = formatSummary(sweep(100, 41), { width: 100, color: false });
    expect(text).toContain('39 more runs passed.');
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  test('shows all of a few', () => {
    const few = sweep(20, 20);
    expect(showResults(few).rows).toHaveLength(20);
  });

  test('tells what no seed exercised', () => {
    const document: RunDocument = {
      ...sweep(2),
      sweep: {
        ...(sweep(2).sweep as NonNullable<RunDocument['sweep']>),
        unexercised: [
          { file: 'mine', oracle: 'landing.lost' },
          { file: 'mine', oracle: 'sometimes.line-cut' },
        ],
      },
    };
    expect(describeSweep(document)).toEqual([
      'No seed of mine gave landing.lost a chance to fail.',
      'In no seed of mine there was line-cut.',
      expect.stringContaining('take more seeds'),
      expect.stringMatching(/^Slowest: /),
    ]);
  });
});
