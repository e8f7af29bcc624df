import { expect, test } from 'vitest';
import type { Plan } from '../../../scenarios/planning/plan.ts';
import { refuseInLive, whenSettled } from '../../../scenarios/run/live-limits.ts';
import type { Fleet } from '../../../simulator/index.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { smallPlan } from './small-plan.ts';

const OWN_BROKER = 'mqtt://broker.test';

function planWith(kind: Plan['faults'][number]['kind']): Plan {
  const plan = smallPlan();
  return { ...plan, faults: [...plan.faults, { kind } as Plan['faults'][number]] };
}

test.each([
  ['bridge-killed', 'kills the bridge'],
  ['storage-down', 'takes the storage away'],
  ['storage-slow', 'slows the storage down'],
] as const)('%s is refused: a live run %s never', (kind, deed) => {
  const refused = expect.objectContaining({
    code: 'SCENARIO_INVALID',
    message: `"${smallPlan().name}" ${deed}, which only runs on the virtual clock can do. Leave --mode live out.`,
  });
  expect(() => refuseInLive(planWith(kind), undefined)).toThrow(refused);
});

test('a broker is restarted only if it is not the own one of somebody', () => {
  const plan = planWith('broker-down');
  expect(() => refuseInLive(plan, undefined)).not.toThrow();
  expect(() => refuseInLive(plan, OWN_BROKER)).toThrow(
    expect.objectContaining({
      code: 'SCENARIO_INVALID',
      message: expect.stringContaining('--broker'),
    }),
  );
});

test('faults of phones and lines are done with real parts, whoever has the broker', () => {
  expect(() => refuseInLive(smallPlan(), undefined)).not.toThrow();
  expect(() => refuseInLive(smallPlan(), OWN_BROKER)).not.toThrow();
});

test('a run waits until no phone holds messages back, and no longer than a second more', async () => {
  const time = new VirtualTime(0);
  const settledMs = 3_500;
  const fleet = {
    get isSettled(): boolean {
      return time.now() >= settledMs;
    },
  };
  let endMs: number | undefined;
  const settled = whenSettled(fleet as Fleet, time).then(() => (endMs = time.now()));
  for (let second = 1; second <= 10 && endMs === undefined; second++) {
    time.run(second * 1_000, 10);
    // What waits for a timer goes on in a microtask.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await settled;
  expect(endMs).toBe(4_000);
});
