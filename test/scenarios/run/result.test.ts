import { expect, test } from 'vitest';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import type { ScenarioResult } from '../../../scenarios/run/result.ts';

const passed = { name: 'Four people walk', verdict: 'pass' } as ScenarioResult;
const failed = { name: 'Four people walk', verdict: 'fail' } as ScenarioResult;
const notRun = {
  file: 'broker-restarts',
  seed: 1,
  reason: 'This machine has no pseudo-terminals.',
};

test('a document passes when there are results and all of them pass', () => {
  expect(toRunDocument([passed, passed])).toEqual({ verdict: 'pass', scenarios: [passed, passed] });
  expect(toRunDocument([passed, failed])).toEqual({ verdict: 'fail', scenarios: [passed, failed] });
});

test('a document of nothing does not pass', () => {
  expect(toRunDocument([])).toEqual({ verdict: 'fail', scenarios: [] });
});

test('a document that leaves something out does not pass, and says what', () => {
  expect(toRunDocument([passed], [notRun])).toEqual({
    verdict: 'fail',
    scenarios: [passed],
    notRun: [notRun],
  });
});
