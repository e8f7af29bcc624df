import { describe, expect, test } from 'vitest';
import { LANDING_COPIES, LIVENESS_CONVERGED } from '../../../scenarios/oracles/liveness.ts';
import type { Fate } from '../../../simulator/index.ts';
import { evidenceWith, landedOnce, smallReadings } from '../small-world.ts';

/** Ids of two trainer readings and one phone sample. */
const [ANN_FIRST, ANN_SECOND, BOB_SAMPLE] = [0, 3, 6];

describe('liveness.converged', () => {
  test('finds nothing when everything has arrived', () => {
    expect(LIVENESS_CONVERGED.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 18 });
  });

  test.each<[string, number, Fate, number, number]>([
    ['a reading that was sent', ANN_FIRST, 'sent', 1, 18],
    ['a sample that its phone still has', BOB_SAMPLE, 'never-sent', 1, 18],
    ['a reading that its trainer never sent is gone', ANN_FIRST, 'never-sent', 0, 17],
    ['what was damaged is gone', ANN_SECOND, 'garbled', 0, 17],
    ['what was lost on the way is gone', BOB_SAMPLE, 'lost', 0, 17],
  ])('%s', (_what, id, fate, measured, chances) => {
    const readings = smallReadings();
    Object.assign(readings[id] as object, { fate });
    const landed = landedOnce(smallReadings(), { [id]: 0 });
    const evidence = evidenceWith({ readings, landed });
    expect(LIVENESS_CONVERGED.measure(evidence)).toMatchObject({ measured, chances });
    expect(LIVENESS_CONVERGED.measure(evidence).offenders).toHaveLength(measured);
  });

  test('what is in quarantine has arrived, and what was damaged where it lay is nobody’s fault', () => {
    const landed = landedOnce(smallReadings(), { [ANN_FIRST]: 0, [ANN_SECOND]: 0 });
    const evidence = evidenceWith({
      landed: { ...landed, quarantined: new Set([ANN_FIRST]), lostByDirt: new Set([ANN_SECOND]) },
    });
    expect(LIVENESS_CONVERGED.measure(evidence)).toMatchObject({ measured: 0, chances: 17 });
  });
});

describe('landing.copies', () => {
  test('counts the rows of a trainer reading beyond its arrivals', () => {
    const landed = landedOnce(smallReadings(), {
      [ANN_FIRST]: 3,
      [ANN_SECOND]: 2,
      [BOB_SAMPLE]: 5,
    });
    const readings = smallReadings();
    Object.assign(readings[ANN_SECOND] as object, { arrivals: 2 });
    const measured = LANDING_COPIES.measure(evidenceWith({ readings, landed }));
    expect(measured).toMatchObject({ measured: 2, offenders: [{ readings: [ANN_FIRST] }] });
    expect(measured.chances).toBeGreaterThan(0);
    expect(LANDING_COPIES.measure(evidenceWith())).toMatchObject({ measured: 0 });
  });
});
