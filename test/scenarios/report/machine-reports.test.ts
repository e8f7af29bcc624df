import { describe, expect, it } from 'vitest';
import { renderCtrf } from '../../../scenarios/report/ctrf.ts';
import { renderJunit } from '../../../scenarios/report/junit.ts';
import { renderReport } from '../../../scenarios/report/report.ts';
import type { RunTimes } from '../../../scenarios/report/run-times.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import type { RunDocument } from '../../../scenarios/run/result.ts';
import type { SweepSummary } from '../../../scenarios/run/sweep-summary.ts';
import { findAll, findOne, parsePage, rawText } from '../../presentation/parsed-page.ts';
import type { PageElement } from '../../presentation/parsed-page.ts';
import {
  findCtrfFaults,
  findJunitFaults,
  LACKS_REPORT_SCHEMAS,
  NEEDS_REPORT_SCHEMAS,
} from '../../report-schemas.ts';
import {
  classicPublished,
  EMPTY_RUN,
  GREEN_RUN,
  hostileScenario,
  RED_RUN,
  sampleOracle,
} from './sample-run.ts';

const TIMES: RunTimes = { startMs: 1_000, stopMs: 4_500, msOf: () => 1_750.6 };
const NOT_RUN = toRunDocument([], [{ file: 'broker-restarts', seed: 3, reason: 'No PTY here.' }]);

/** Runs that all passed, as a sweep of which `part` is not as it should be. */
function sweptRun(part: Partial<SweepSummary>): RunDocument {
  const { scenarios, coverage } = GREEN_RUN;
  const summary: SweepSummary = {
    planned: 1,
    done: 1,
    passed: 1,
    failed: 0,
    stopped: false,
    failing: [],
    unexercised: [],
    ...part,
  };
  const timing = { seconds: 1, workers: 1, slowest: [] };
  return toRunDocument(scenarios, [], { summary, timing, coverage });
}

function junitOf(document: RunDocument): PageElement {
  const xml = renderJunit(document, TIMES);
  return parsePage(xml.slice(xml.indexOf('\n') + 1));
}

interface CtrfDocument {
  results: { summary: object; tests: Record<string, unknown>[] };
}

function ctrfOf(document: RunDocument): CtrfDocument['results'] {
  return (JSON.parse(renderCtrf(document, TIMES)) as CtrfDocument).results;
}

const OFFENDER = {
  table: 'machine_learning_curated',
  row: { x: 1 },
  truth: 'The step is that of person 7, the phone that of person 9.',
  readings: [4],
  people: [],
  steps: [],
};
const OFFENDED = toRunDocument([
  classicPublished({
    oracles: [sampleOracle({ verdict: 'fail', measured: 7, margin: -7, offenders: [OFFENDER] })],
  }),
]);

describe('the JUnit report', () => {
  it('has a suite for each scenario and a case for each oracle', () => {
    const root = junitOf(GREEN_RUN);
    expect(findAll(root, 'testsuite')).toHaveLength(GREEN_RUN.scenarios.length);
    const oracles = GREEN_RUN.scenarios.flatMap((scenario) => scenario.oracles);
    expect(findAll(root, 'testcase')).toHaveLength(oracles.length);
    expect(findAll(root, 'failure')).toHaveLength(0);
    expect(findOne(root, 'testsuite').attributes['time']).toBe('1.751');
  });

  it('tells of a failure the numbers, a row with its truth, and the command that replays it', () => {
    const failure = findOne(junitOf(OFFENDED), 'failure');
    const text = rawText(failure);
    expect(text).toContain('measured 7 readings, limit ≤ 0 readings, margin −7, chances 109,953');
    expect(text).toContain('machine_learning_curated: {"x":1}\n  The step is that of person 7');
    expect(text).toContain(`Replay it with: ${classicPublished().repro}`);
  });

  it('does not take what could not be run for a pass', () => {
    const root = junitOf(NOT_RUN);
    expect(findOne(root, 'testsuites').attributes).toMatchObject({ tests: '1', errors: '1' });
    expect(findOne(root, 'error').attributes['message']).toBe('No PTY here.');
  });
});

describe('the CTRF report', () => {
  it('has a test for each scenario and a step for each oracle', () => {
    const { summary, tests } = ctrfOf(RED_RUN);
    expect(summary).toMatchObject({ tests: 1, passed: 0, failed: 1, start: 1_000, stop: 4_500 });
    const [test] = tests;
    expect(test).toMatchObject({ status: 'failed', duration: 1_751 });
    expect(test?.['steps']).toHaveLength(classicPublished().oracles.length);
    expect(test?.['trace']).toContain(classicPublished().repro);
  });

  it('does not take what could not be run for a pass', () => {
    const { summary, tests } = ctrfOf(NOT_RUN);
    expect(summary).toMatchObject({ tests: 1, failed: 1, passed: 0 });
    expect(tests[0]).toMatchObject({ status: 'failed', message: 'No PTY here.' });
  });
});

describe('a sweep that tested nothing somewhere, or was stopped, although all of its runs passed', () => {
  it.each([
    ['stopped', { stopped: true, planned: 9, done: 1 }, 'The sweep', 'Stopped after 1 of 9 runs.'],
    [
      'unexercised',
      { unexercised: [{ file: 'worn-cable', oracle: 'sometimes.line-garbled' }] },
      'worn-cable',
      'In no seed of worn-cable there was line-garbled.',
    ],
  ])('fails in the reports of machines and on the page: %s', (kind, part, subject, reason) => {
    const document = sweptRun(part);
    const error = findOne(junitOf(document), 'error');
    expect(error.attributes).toMatchObject({ message: reason, type: kind });
    const { summary, tests } = ctrfOf(document);
    expect(summary).toMatchObject({ failed: 1 });
    expect(tests.at(-1)).toMatchObject({ status: 'failed', message: reason, suite: [subject] });
    expect(renderReport(document)).toContain('<header class="fail">');
  });
});

describe.skipIf(LACKS_REPORT_SCHEMAS)(`against public schemas ${NEEDS_REPORT_SCHEMAS}`, () => {
  const documents = {
    green: GREEN_RUN,
    red: RED_RUN,
    offended: OFFENDED,
    empty: EMPTY_RUN,
    'not run': NOT_RUN,
    stopped: sweptRun({ stopped: true }),
    hostile: toRunDocument([hostileScenario()]),
  };

  it.each(Object.entries(documents))('JUnit and CTRF are valid when %s', async (_, document) => {
    expect(await findJunitFaults(renderJunit(document, TIMES))).toEqual([]);
    expect(await findCtrfFaults(renderCtrf(document, TIMES))).toEqual([]);
  });

  it('a wrong report is found', async () => {
    const xml = renderJunit(RED_RUN, TIMES).replace('<testcase', '<case');
    expect(await findJunitFaults(xml.replace('</testcase>', '</case>'))).not.toEqual([]);
    const json = renderCtrf(RED_RUN, TIMES).replace('"failed"', '"broken"');
    expect(await findCtrfFaults(json.replace('"status": "failed"', '"status": "no"'))).not.toEqual(
      [],
    );
  });
});
