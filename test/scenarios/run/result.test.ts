import { expect, test } from 'vitest';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import { classicPublished, sampleOracle, strictPublished } from '../report/sample-run.ts';

const passed = strictPublished({ exhibits: NO_EXHIBITS });
const failed = classicPublished({ exhibits: NO_EXHIBITS, oracles: [] });
const notRun = {
  file: 'broker-restarts',
  seed: 1,
  reason: 'This machine has no pseudo-terminals.',
};

test('a document passes when there are results and all of them pass', () => {
  expect(toRunDocument([passed, passed])).toMatchObject({
    verdict: 'pass',
    scenarios: [passed, passed],
  });
  expect(toRunDocument([passed, failed])).toMatchObject({
    verdict: 'fail',
    scenarios: [passed, failed],
  });
});

test('a document of nothing does not pass', () => {
  expect(toRunDocument([])).toMatchObject({ verdict: 'fail', scenarios: [] });
});

test('a document that leaves something out does not pass, and says what', () => {
  expect(toRunDocument([passed], [notRun])).toMatchObject({
    verdict: 'fail',
    scenarios: [passed],
    notRun: [notRun],
  });
});

test('a document says what its runs exercised', () => {
  const coverage = { faults: { 'line-garbled': 3 }, oracles: { 'landing.damaged': 3 } };
  const run = { ...passed, exhibits: { ...NO_EXHIBITS, coverage } };
  const [fault] = toRunDocument([passed, run]).coverage.faults;
  expect(fault).toEqual({
    fault: 'line-garbled',
    runs: 1,
    times: 3,
    oracles: { 'landing.damaged': 1 },
  });
});

test('a document names what is wrong with the zones: where it says so first, and how many rows', () => {
  const offender = {
    table: 'step_trainer_trusted',
    row: {},
    truth: 'It was so.',
    readings: [],
    people: [],
    steps: [],
  };
  const oracles = [
    sampleOracle({ id: 'landing.lost', verdict: 'fail', measured: 3 }),
    sampleOracle({ id: 'zones.schema', verdict: 'pass', unit: 'rows' }),
    sampleOracle({
      id: 'privacy.leaks',
      title: 'Nobody leaks',
      verdict: 'fail',
      unit: 'rows',
      measured: 41,
      offenders: [offender],
    }),
    sampleOracle({
      id: 'ml.joinYield',
      title: 'Pairs are found',
      verdict: 'fail',
      unit: 'ratio',
      measured: 0.4,
      offenders: [{ ...offender, table: 'machine_learning_curated', times: 2 }, offender],
    }),
    sampleOracle({ id: 'zones.counts', title: 'Counts', verdict: 'fail', unit: 'rows' }),
  ];
  const run = { ...failed, file: 'walk.yaml', seed: 7, oracles };
  const place = { scenario: 'walk.yaml', seed: 7, behavesLike: [] };
  expect(toRunDocument([passed, run]).defects).toEqual([
    {
      id: 'privacy.leaks',
      title: 'Nobody leaks',
      table: 'step_trainer_trusted',
      rows: 41,
      ...place,
    },
    {
      id: 'ml.joinYield',
      title: 'Pairs are found',
      table: 'machine_learning_curated',
      rows: 3,
      ...place,
    },
    { id: 'zones.counts', title: 'Counts', table: null, rows: 0, ...place },
  ]);
});
