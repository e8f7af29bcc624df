import { describe, expect, test } from 'vitest';
import { LANDING_LATE } from '../../../scenarios/oracles/late.ts';
import type { Truth } from '../../../simulator/index.ts';
import { evidenceWith, landedOnce, RIGHT_ZONES, smallReadings } from '../small-world.ts';

/** Ann's first sample, which came an hour late. */
const LATE = 1;

function lateReadings(changes: Partial<Truth> = {}): Truth[] {
  const readings = smallReadings();
  Object.assign(readings[LATE] ?? {}, { lateMs: 3_600_000, ...changes });
  return readings;
}

describe('a reading that came late', () => {
  test('is right where it landed and is in its zone', () => {
    const evidence = evidenceWith({ readings: lateReadings() });
    expect(LANDING_LATE.measure(evidence)).toMatchObject({ measured: 0, chances: 1 });
  });

  test('counts where it did not land', () => {
    const readings = lateReadings();
    const landed = landedOnce(readings, { [LATE]: 0 });
    const { measured, offenders } = LANDING_LATE.measure(evidenceWith({ readings, landed }));
    expect(measured).toBe(1);
    expect(offenders[0]).toMatchObject({ readings: [LATE] });
    expect(offenders[0]?.truth).toContain('it was sent 3600000 ms late; it did not land');
  });

  test('counts where the zones left it out', () => {
    const accelerometer_trusted = RIGHT_ZONES.accelerometer_trusted.slice(1);
    const evidence = evidenceWith({ readings: lateReadings(), zones: { accelerometer_trusted } });
    expect(LANDING_LATE.measure(evidence)).toMatchObject({ measured: 1 });
  });

  test('is no chance when it never got through', () => {
    const readings = lateReadings({ fate: 'lost' });
    const landed = landedOnce(readings, { [LATE]: 0 });
    expect(LANDING_LATE.measure(evidenceWith({ readings, landed }))).toMatchObject({ chances: 0 });
  });
});
