import { expect, test } from 'vitest';
import { switchesOf } from '../../../dashboard/server/switches.ts';
import { makePlan, parseScenario } from '../../../scenarios/index.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';

const SCENARIO = `
version: 1
name: Switches follow the world
tags: [demo]
world:
  start: 2022-06-18T15:00:00Z
  customers: 3
  consent: { research: 100%, changes: [{ at: 90s, person: 2, research: withdrawn }] }
  serials: { pool: 3, changes: [{ at: 40s, pool: 2 }, { at: 80s }] }
devices: { phone: { clock: { skew: 5ms, changes: [{ at: 50s, skew: 300ms }] } } }
run: { duration: 5m }
expect: { landing.lost: { max: 5 } }
`;
const PLAN = makePlan(parseScenario(SCENARIO, 'test.yaml'), { seed: 7 });
const WORLD = drawWorld(PLAN.world, seededStreams(7));

test.each([
  [0, { pool: 3, skewMs: 5, withdrawn: [] }],
  [60, { pool: 2, skewMs: 300, withdrawn: [] }],
  [100, { pool: undefined, skewMs: 300, withdrawn: [2] }],
])('after %i s switches stand as the world does', (seconds, expected) => {
  const run = {
    world: WORLD,
    atMs: WORLD.spec.startMs + seconds * 1_000,
    stations: [0, 1].map((id) => ({ id, port: `tty${id}`, kind: 'virtual' as const })),
    isOn: (fault: string) => fault === 'unplug:1' || fault === 'broker',
    isSpeedFixed: false,
  };
  expect(switchesOf(run, 'classic')).toEqual({
    ...expected,
    policy: 'classic',
    broker: 'down',
    storage: 'up',
    unplugged: [1],
    garbled: [],
    isSpeedFixed: false,
  });
});
