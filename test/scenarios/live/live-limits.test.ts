import { expect, test } from 'vitest';
import type { Plan } from '../../../scenarios/planning/plan.ts';
import { refuseInLive, whenSettled } from '../../../scenarios/live/live-limits.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { smallPlan } from '../run/small-plan.ts';

const NONE = { broker: false, storage: false };
const ALL = { broker: true, storage: true };

function planWith(kind: Plan['faults'][number]['kind']): Plan {
  const plan = smallPlan();
  return { ...plan, faults: [...plan.faults, { kind } as Plan['faults'][number]] };
}

test('a live bridge is never killed', () => {
  expect(() => refuseInLive(planWith('bridge-killed'), NONE)).toThrow(
    expect.objectContaining({
      code: 'SCENARIO_INVALID',
      message: `"${smallPlan().name}" kills the bridge, which only runs on the virtual clock can do. Leave --mode live out.`,
    }),
  );
});

test.each([
  ['broker-down', { ...NONE, broker: true }, '--broker'],
  ['storage-down', { ...NONE, storage: true }, '--s3'],
  ['storage-slow', { ...NONE, storage: true }, '--s3'],
] as const)('%s is done to parts of the run alone', (kind, others, option) => {
  const plan = planWith(kind);
  expect(() => refuseInLive(plan, NONE)).not.toThrow();
  const refused = { code: 'SCENARIO_INVALID', message: expect.stringContaining(option) };
  expect(() => refuseInLive(plan, others)).toThrow(expect.objectContaining(refused));
});

test('faults of phones and lines are done with real parts, whoever has them', () => {
  expect(() => refuseInLive(smallPlan(), NONE)).not.toThrow();
  expect(() => refuseInLive(smallPlan(), ALL)).not.toThrow();
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
  const settled = whenSettled(fleet, time).then(() => (endMs = time.now()));
  for (let second = 1; second <= 10 && endMs === undefined; second++) {
    time.run(second * 1_000, 10);
    // What waits for a timer goes on in a microtask.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await settled;
  expect(endMs).toBe(4_000);
});
