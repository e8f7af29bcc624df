import { expect, test } from 'vitest';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import type { ScenarioResult } from '../../../scenarios/run/result.ts';

const common = { name: 'Four people walk', exhibits: NO_EXHIBITS };
const passed = { ...common, verdict: 'pass' } as ScenarioResult;
const failed = { ...common, verdict: 'fail' } as ScenarioResult;
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
  const run = { ...passed, exhibits: { ...NO_EXHIBITS, coverage } } as ScenarioResult;
  const [fault] = toRunDocument([passed, run]).coverage.faults;
  expect(fault).toEqual({
    fault: 'line-garbled',
    runs: 1,
    times: 3,
    oracles: { 'landing.damaged': 1 },
  });
});
