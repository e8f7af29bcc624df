import { expect, test } from 'vitest';
import { synopsisOf } from '../../../scenarios/listing/synopsis.ts';
import type { Synopsis } from '../../../scenarios/listing/synopsis.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';

const WALK = `version: 1
name: Four people walk
world:
  start: 2022-06-18T15:00:00Z
  customers: 4
  consent: { research: 50% }
run: { duration: 10m }
expect: { privacy.leaks: 0, landing.lost: 0 }
`;

function synopsis(text: string): Synopsis {
  return synopsisOf({ file: 'walk', scenario: parseScenario(text, 'walk.yaml') });
}

test('of a plain scenario', () => {
  expect(synopsis(WALK)).toEqual({
    file: 'walk',
    name: 'Four people walk',
    tags: [],
    mode: 'sim',
    pipeline: 'strict',
    people: 4,
    simulatedSeconds: 600,
    estimatedSeconds: expect.any(Number) as number,
    // In the order of reports, not of the file.
    asserts: ['landing.lost', 'privacy.leaks'],
    sometimes: [],
    faults: [],
  });
});

test('each kind of fault is named once; a story loses its last line end', () => {
  const faults = `about: >
  Why it is there.
faults:
  - { kind: drop, on: phones, at: 0s, rate: 1% }
  - { kind: late, on: phones, at: 0s, by: 5m }
  - { kind: drop, on: "phone[1]", at: 1m, rate: 9% }
`;
  expect(synopsis(WALK + faults)).toMatchObject({
    about: 'Why it is there.',
    faults: ['drop', 'late'],
  });
});

test('more exercises take longer; a live run takes as long as its speed lets it', () => {
  const secondsOf = (text: string): number => synopsis(text).estimatedSeconds;
  const busy = WALK.replace('customers: 4', 'customers: 4\n  sessions: { perPerson: 3 }');
  expect(secondsOf(busy)).toBeGreaterThan(secondsOf(WALK));
  expect(secondsOf(WALK.replace('10m', '10m, mode: live, speed: 5'))).toBe(120);
});
