import { describe, expect, test } from 'vitest';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';

function written(only: string): string {
  return `version: 1
name: Four people walk
world:
  start: 2022-06-18T15:00:00Z
  customers: 4
  households: { size: 2 }
  consent: { research: 50% }
  only: ${only}
run: { duration: 8m }
expect: { landing.lost: 0 }
`;
}

test('the part of a world goes into its plan, with times of the world', () => {
  const only = '{ people: [1, 3], trainers: [0], phones: [3], steps: 5..7, from: 10s, until: 1m }';
  const startMs = Date.parse('2022-06-18T15:00:00Z');
  expect(makePlan(parseScenario(written(only), 'x.yaml'), {}).world.only).toEqual({
    people: [1, 3],
    trainers: [0],
    phones: [3],
    steps: { first: 5, last: 7 },
    fromMs: startMs + 10_000,
    untilMs: startMs + 60_000,
  });
});

describe('the part of a world is refused', () => {
  test.each([
    ['{ people: [1, 4] }', 'people[1]: there are only 4 people, numbered from 0'],
    ['{ trainers: [2] }', 'trainers[0]: there are only 2 trainers, numbered from 0'],
    ['{ phones: [4] }', 'phones[0]: there are only 4 phones, numbered from 0'],
    ['{ from: 1m, until: 1m }', 'until: nothing is left of the time'],
    [
      '{ steps: 7..5 }',
      'steps: expected the first and the last step, counted from 0, such as 5..7',
    ],
    [
      '{ steps: some }',
      'steps: expected the first and the last step, counted from 0, such as 5..7',
    ],
    ['{ peopel: [1] }', 'peopel: unknown key "peopel"; did you mean "people"?'],
  ])('%s', (only, complaint) => {
    const parse = (): unknown => parseScenario(written(only), 'x.yaml');
    expect(parse).toThrow(ScenarioError);
    expect(parse).toThrow(`world.only.${complaint}`);
  });
});
