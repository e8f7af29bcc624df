import { expect, test } from 'vitest';
import { plotSession } from '../../../scenarios/exhibits/session-plot.ts';
import type { OracleResult } from '../../../scenarios/oracles/judge.ts';
import type { World } from '../../../simulator/index.ts';
import {
  ANN,
  CEM,
  evidenceWith,
  FIRST_MS,
  SECOND_MS,
  smallWorld,
  stepRow,
} from '../small-world.ts';
import { sampleOracle } from '../report/sample-run.ts';

/** Everybody exercises once, with two steps. */
function worldWithSessions(): World {
  const world = smallWorld();
  const steps = [FIRST_MS, SECOND_MS].map((atMs) => ({ atMs, distance: 0, accelerations: [] }));
  const session = { startMs: FIRST_MS, endMs: SECOND_MS + 2_000, steps };
  return { ...world, people: world.people.map((person) => ({ ...person, sessions: [session] })) };
}

function offending(changes: Partial<OracleResult>): OracleResult {
  const offender = {
    table: 'step_trainer_trusted',
    row: {},
    truth: 'Person 0 made it.',
    people: [0],
    steps: [],
  };
  const offenders = [
    { ...offender, readings: [] },
    { ...offender, readings: [0] },
  ];
  return sampleOracle({ id: 'attribution.precision', verdict: 'fail', offenders, ...changes });
}

test('draws both signals of the session that the first offending reading is from', () => {
  const step_trainer_trusted = [stepRow(ANN, FIRST_MS, 201, CEM), stepRow(ANN, SECOND_MS, 202)];
  const evidence = evidenceWith({ world: worldWithSessions(), zones: { step_trainer_trusted } });
  expect(plotSession(evidence, [offending({})])).toEqual({
    oracle: 'attribution.precision',
    person: ANN,
    session: 0,
    serialNumber: 'serial-0',
    startMs: FIRST_MS,
    endMs: SECOND_MS + 2_000,
    distances: [
      { id: 0, atMs: FIRST_MS, distance: 201, bin: 'misattributed', believed: [CEM] },
      { id: 3, atMs: SECOND_MS, distance: 202, bin: 'landed', believed: [ANN] },
    ],
    accelerations: [
      { id: 1, atMs: FIRST_MS, timeStamp: FIRST_MS, x: 1, y: 0, z: 0, bin: 'landed' },
      { id: 2, atMs: FIRST_MS, timeStamp: FIRST_MS, x: 0, y: 1, z: -1, bin: 'landed' },
      { id: 4, atMs: SECOND_MS, timeStamp: SECOND_MS, x: 1, y: 1, z: 0, bin: 'landed' },
    ],
  });
});

test.each([
  ['passes', { verdict: 'pass' }],
  ['has no offender with a reading', { offenders: [] }],
] as const)('draws nothing when the oracle %s', (_case, changes) => {
  const evidence = evidenceWith({ world: worldWithSessions() });
  expect(plotSession(evidence, [offending(changes)])).toBeUndefined();
});

test('draws nothing of a reading that is in no session', () => {
  expect(plotSession(evidenceWith(), [offending({})])).toBeUndefined();
});
