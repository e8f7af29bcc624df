import { expect, test } from 'vitest';
import { planLines } from '../../../dashboard/server/planned-lines.ts';
import { makePlan, parseScenario } from '../../../scenarios/index.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';

const SCENARIO = `
version: 1
name: Things happen by themselves
tags: [demo]
world:
  start: 2022-06-18T15:00:00Z
  customers: 4
  consent:
    research: 100%
    changes: [{ at: 90s, person: 2, research: withdrawn }]
  serials: { changes: [{ at: 40s, pool: 2, assign: round-robin }] }
devices:
  trainer: { profile: continuous }
  phone: { profile: continuous, clock: { changes: [{ at: 50s, skew: 300ms }] } }
run: { duration: 5m }
faults:
  - { at: 60s, for: 10s, on: 'trainer[1].serial', kind: unplug }
  - { at: 80s, on: 'trainer[0].serial', kind: swap-device, with: 'trainer[1]' }
  - { at: 100s, for: 5s, on: broker, kind: down }
expect: { landing.lost: { max: 5 } }
`;

test('what a scenario does by itself is told in the order of time, and nothing of the time before', () => {
  const plan = makePlan(parseScenario(SCENARIO, 'test.yaml'), { seed: 7 });
  const world = drawWorld(plan.world, seededStreams(7));
  const people = ['Ana', 'Ben', 'Cid', 'Dee'];
  const ports = ['tty0', 'tty1', 'tty2', 'tty3'];
  const lines = planLines(plan, world, { people, ports });
  expect(lines.map(({ atMs, text }) => [(atMs - world.spec.startMs) / 1_000, text])).toEqual([
    [40, 'The website gave its 4 customers 2 serial numbers in turn'],
    [50, 'The clocks of phones went wrong by up to 300 ms'],
    [60, 'The trainer on tty1 was unplugged'],
    [70, 'The trainer on tty1 was plugged in again'],
    [80, 'The trainers on tty0 and tty1 changed places'],
    [90, 'Cid withdrew consent'],
    [100, 'The broker went down'],
    [105, 'The broker came back'],
  ]);
});
