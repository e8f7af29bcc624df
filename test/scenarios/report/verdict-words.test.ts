import { describe, expect, it } from 'vitest';
import {
  describeOrigin,
  describeReadings,
  describeVerdict,
  failedOracles,
} from '../../../scenarios/report/verdict-words.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import { classicPublished, emptyScenario, sampleLedger, strictPublished } from './sample-run.ts';

describe('describeVerdict', () => {
  const pass = strictPublished();
  const fail = classicPublished();
  it.each([
    [[], 'No scenario was run, so nothing was tested.'],
    [[pass], 'The scenario passed.'],
    [[fail], 'The scenario failed.'],
    [[pass, pass], 'All 2 scenarios passed.'],
    [[fail, fail], 'All 2 scenarios failed.'],
    [[pass, fail, pass], '1 of 3 scenarios failed, 2 passed.'],
  ])('%# says: %s', (scenarios, sentence) => {
    expect(describeVerdict(toRunDocument(scenarios))).toBe(sentence);
  });
});

describe('describeReadings', () => {
  it.each([
    ['nothing', {}, 'No reading was made.'],
    [
      'all is right',
      { landed: 3, rightlyFiltered: 1 },
      'Of 4 readings made, all ended as they should.',
    ],
    [
      'some are missing',
      { landed: 3, lost: 1 },
      'Of 4 readings made, 3 (75.0%) ended as they should, 1 (25.0%) did not land, and none ended wrong.',
    ],
    [
      'some are wrong',
      { landed: 3, misattributed: 1 },
      'Of 4 readings made, 3 (75.0%) ended as they should, all reached landing, and 1 (25.0%) ended wrong.',
    ],
  ])('%s', (_what, bins, sentence) => {
    expect(describeReadings([strictPublished({ ledger: sampleLedger(bins) })])).toBe(sentence);
  });

  it('adds up scenarios', () => {
    expect(describeReadings([strictPublished(), classicPublished(), emptyScenario()])).toContain(
      'Of 219,906 readings made, 207,433 (94.3%) ended as they should, 351 (0.2%) did not land, and 12,122 (5.5%)',
    );
  });
});

it('names the pipeline, the mode, the seed and the file of a run', () => {
  expect(describeOrigin(classicPublished({ seed: 7 }))).toBe(
    'classic pipeline · sim · seed 7 · published-shape',
  );
});

it('finds the oracles that failed', () => {
  const ids = failedOracles(classicPublished()).map(({ id }) => id);
  expect(ids).toEqual([
    'consent.date',
    'attribution.precision',
    'ml.pairing',
    'consent.withdrawal',
  ]);
});
