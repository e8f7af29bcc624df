import { expect, test } from 'vitest';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import { renderReport } from '../../../scenarios/report/report.ts';
import { GREEN_RUN } from '../report/sample-run.ts';

test('a run of nothing does not pass', () => {
  expect(toRunDocument([]).verdict).toBe('fail');
});

test('what could not be run keeps a green run from passing, and the report says so', () => {
  const { scenarios } = GREEN_RUN;
  expect(toRunDocument(scenarios)).toEqual({ verdict: 'pass', scenarios });
  const notRun = [{ file: 'broker-restarts', seed: 1, reason: 'No pseudo-terminals here.' }];
  const document = toRunDocument(scenarios, notRun);
  expect(document).toMatchObject({ verdict: 'fail', notRun });
  expect(renderReport(document)).toContain('1 run could not be done here: broker-restarts.');
});
