import { describe, expect, it } from 'vitest';
import { runOnBoard } from '../../../device-bench/twin/run-on-board.ts';
import { brokenRules } from './check-device.ts';
import { drawHealthyBoard } from './healthy-devices.ts';
import type { Host } from './healthy-devices.ts';

/** Half of what has to pass; the other half sees the other host, in another file, and so on another core. */
const SEEDS = 100;
/** Seeds of one test, so that a slow machine has time enough for each. */
const SEEDS_PER_TEST = 10;

/** Tests that healthy devices pass at the highest level in every legal variation. */
export function expectHealthy(host: Host): void {
  const firsts = Array.from(
    { length: SEEDS / SEEDS_PER_TEST },
    (_, index) => index * SEEDS_PER_TEST,
  );

  describe(`the kit and healthy devices, seen by a ${host} host`, () => {
    it.each(firsts)('all pass at L3, seeds from %d', (first) => {
      for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
        const report = runOnBoard(drawHealthyBoard(seed, host), {
          level: 'L3',
          seed: String(seed),
        });
        const { level, verdict, stopped } = report;
        const found = { seed, broken: brokenRules(report), level, verdict, stopped };
        expect(found).toEqual({ seed, broken: [], level: 'L3', verdict: 'passed', stopped });
        expect(stopped).toBeUndefined();
      }
    });
  });
}
