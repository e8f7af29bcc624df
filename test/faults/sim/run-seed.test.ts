import { describe, expect, test } from 'vitest';
import { drawFaultPlan } from './fault-plan.ts';
import { runSeed } from './run-seed.ts';

const HOUR_MS = 3_600_000;
const PATIENCE_MS = 30_000;

describe('a seed', () => {
  test('tells the same story each time, to the byte of every object', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { trace } = await runSeed(seed);
      expect(trace.length).toBeGreaterThan(2);
      expect((await runSeed(seed)).trace).toEqual(trace);
    }
  });

  test('decides about its faults without a look at those of others', () => {
    const plans = Array.from({ length: 50 }, (_, index) => drawFaultPlan(index + 1));
    const mixtures = plans.map(({ faults }) => faults.map(({ kind }) => kind).join());
    expect(new Set(mixtures).size).toBeGreaterThan(40);
    expect(drawFaultPlan(17)).toEqual(plans[16]);
  });

  test(
    'lands everything when the storage is down for 24 hours',
    async () => {
      for (let seed = 1; seed <= 3; seed++) {
        const plan = drawFaultPlan(seed);
        const down = { kind: 'down', atMs: 0, forMs: 24 * HOUR_MS, rate: 1 } as const;
        const outcome = await runSeed(seed, { plan: { ...plan, cables: 0, faults: [down] } });
        expect(outcome.violations).toEqual([]);
        expect(outcome.met.get('down')).toBeGreaterThan(24 * 60);
      }
    },
    PATIENCE_MS,
  );
});
