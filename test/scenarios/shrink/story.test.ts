import { expect, test } from 'vitest';
import type { OracleResult } from '../../../scenarios/oracles/judge.ts';
import type { ScenarioResult } from '../../../scenarios/run/result.ts';
import { sizeOf, tellEnd, tellSize, tellStory, titleOf } from '../../../scenarios/shrink/story.ts';

const SIZE = { people: 2, readings: 1_234, faults: 1 };
const LOST: OracleResult = {
  id: 'landing.lost',
  title: 'What was sent lands',
  verdict: 'fail',
  measured: 3,
  unit: 'readings',
  limit: { max: 0 },
  margin: -3,
  chances: 9,
  sentence: '3 of 9 readings are lost.',
  offenders: [
    {
      table: 'step_trainer_landing',
      row: {},
      truth: 'Person 7 made it at noon; it is missing.',
      readings: [4],
      people: [],
      steps: [],
    },
  ],
};

test('a size counts people, readings, and all that goes wrong', () => {
  const written = {
    world: { customers: 9, only: { people: [3, 7] } },
    faults: [{ kind: 'drop' }],
    landing: [{ kind: 'cut' }],
    devices: { recorded: [{ file: 'a' }] },
  };
  const result = { ledger: { emitted: 12 } } as ScenarioResult;
  expect(sizeOf(written, result)).toEqual({ people: 2, readings: 12, faults: 3 });
});

test('sizes are told in words, with their plurals', () => {
  expect(tellSize(SIZE)).toBe('2 people, 1,234 readings and 1 fault');
  expect(tellSize({ people: 1, readings: 1, faults: 0 })).toBe('1 person, 1 reading and no fault');
  expect(titleOf(LOST, SIZE)).toBe('What was sent lands: 2 people, 1,234 readings and 1 fault');
});

test('a story tells what is enough, what was measured, and one row with its truth', () => {
  expect(tellStory(LOST, SIZE, { runs: 9, end: 'smallest' })).toBe(
    '2 people, 1,234 readings and 1 fault are enough for landing.lost to fail (“What was sent lands”). ' +
      '3 of 9 readings are lost. Take a row of step_trainer_landing: person 7 made it at noon; it is missing.',
  );
});

test('a story of a search that did not come to its end says so', () => {
  const told = tellStory({ ...LOST, offenders: [] }, SIZE, { runs: 1, end: 'interrupted' });
  expect(told).toMatch(/lost\. The search was stopped after 1 run: less may be enough\.$/);
  expect(tellEnd('runs', 300)).toBe(
    'The search ended after 300 runs, which is all it was given: less may be enough.',
  );
});
