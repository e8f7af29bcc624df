import { describe, expect, it } from 'vitest';
import { runOnBoard } from '../../../device-bench/twin/run-on-board.ts';
import { brokenRules } from './check-device.ts';
import { drawHealthyBoard } from './healthy-devices.ts';

const SEEDS = 200;
/** Seeds that are run in one test, so that a slow machine has time enough for each. */
const SEEDS_PER_TEST = 20;

describe('the kit and healthy devices', () => {
  const firsts = Array.from(
    { length: SEEDS / SEEDS_PER_TEST },
    (_, index) => index * SEEDS_PER_TEST,
  );

  it.each(firsts)('pass at L3 in every legal variation, seeds from %d', (first) => {
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
      const report = runOnBoard(drawHealthyBoard(seed), { level: 'L3', seed: String(seed) });
      expect({ seed, broken: brokenRules(report), stopped: report.stopped }).toEqual({
        seed,
        broken: [],
        stopped: undefined,
      });
      expect({ seed, level: report.level }).toEqual({ seed, level: 'L3' });
    }
  });
});
