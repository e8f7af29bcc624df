import { describe, expect, test } from 'vitest';
import {
  LANDING_CLOCK_ERROR,
  LANDING_LOST,
  LANDING_REJECTED,
  LANDING_UNEXPECTED,
  LANDING_UNSENT,
} from '../../../scenarios/oracles/landing.ts';
import { evidenceWith, landedOnce, smallReadings } from '../small-world.ts';

/** Ids of two trainer readings and one phone sample: Ann's first step, her second, and Bob's first sample. */
const [ANN_FIRST, ANN_SECOND, BOB_SAMPLE] = [0, 3, 6];
const NOTHING = evidenceWith({ readings: [], landed: landedOnce([]) });

describe('landing.unsent', () => {
  test('counts the readings that no device sent', () => {
    const readings = smallReadings();
    for (const id of [ANN_FIRST, BOB_SAMPLE]) {
      const truth = readings[id];
      if (truth !== undefined) truth.fate = 'never-sent';
    }
    expect(LANDING_UNSENT.measure(evidenceWith({ readings }))).toMatchObject({
      measured: 2,
      chances: 18,
      sentence: '2 of 18 readings were never sent by a device.',
    });
    expect(LANDING_UNSENT.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 18 });
    expect(LANDING_UNSENT.measure(NOTHING)).toMatchObject({ chances: 0 });
  });
});

describe('landing.unsent', () => {
  test('finds nothing when every device sent what it measured', () => {
    expect(LANDING_UNSENT.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 18 });
  });

  test('counts what no device sent, and not what was damaged or cut off on the way', () => {
    const readings = smallReadings();
    const fates = ['never-sent', 'never-sent', 'garbled', 'lost'];
    fates.forEach((fate, id) => ((readings[id] as { fate: string }).fate = fate));
    expect(LANDING_UNSENT.measure(evidenceWith({ readings }))).toMatchObject({
      measured: 2,
      chances: 18,
      sentence: '2 of 18 readings were never sent by a device.',
    });
  });

  test('has no chance when nobody moved', () => {
    expect(LANDING_UNSENT.measure(NOTHING)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('landing.lost', () => {
  test('finds nothing when every reading landed', () => {
    expect(LANDING_LOST.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 18 });
  });

  test('counts the readings that are nowhere, trainer and phone alike', () => {
    const landed = landedOnce(smallReadings(), {
      [ANN_FIRST]: 0,
      [ANN_SECOND]: 0,
      [BOB_SAMPLE]: 0,
    });
    expect(LANDING_LOST.measure(evidenceWith({ landed }))).toMatchObject({
      measured: 3,
      chances: 18,
      sentence: '3 of 18 readings that were sent whole are neither in landing nor in quarantine.',
    });
  });

  test('does not count what is in quarantine, nor what a fault damaged, cut off or kept from being sent', () => {
    const readings = smallReadings();
    const missing = { [ANN_FIRST]: 0, [ANN_SECOND]: 0, [BOB_SAMPLE]: 0 };
    const landed = { ...landedOnce(readings, missing), quarantined: new Set([ANN_FIRST]) };
    (readings[ANN_SECOND] as { fate: string }).fate = 'garbled';
    (readings[BOB_SAMPLE] as { fate: string }).fate = 'never-sent';
    expect(LANDING_LOST.measure(evidenceWith({ readings, landed }))).toMatchObject({
      measured: 0,
      chances: 16,
    });
  });

  test('has no chance when nobody sent anything', () => {
    expect(LANDING_LOST.measure(NOTHING)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('landing.rejected', () => {
  test('finds nothing when quarantine is empty', () => {
    expect(LANDING_REJECTED.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 18 });
  });

  test('counts whole readings that were refused, and not those that landed at a second attempt', () => {
    const landed = {
      ...landedOnce(smallReadings(), { [ANN_FIRST]: 0 }),
      quarantined: new Set([ANN_FIRST, ANN_SECOND]),
    };
    expect(LANDING_REJECTED.measure(evidenceWith({ landed }))).toMatchObject({
      measured: 1,
      chances: 18,
      sentence: '1 of 18 readings that were sent whole is in quarantine.',
    });
  });

  test('has no chance when nobody sent anything', () => {
    expect(LANDING_REJECTED.measure(NOTHING)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('landing.unexpected', () => {
  test('counts landed rows that stand for no reading, of all landed rows', () => {
    const whole = landedOnce(smallReadings());
    expect(LANDING_UNEXPECTED.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 18 });
    const landed = { ...whole, unexpectedRows: 4, rows: whole.rows + 4 };
    expect(LANDING_UNEXPECTED.measure(evidenceWith({ landed }))).toMatchObject({
      measured: 4,
      chances: 22,
    });
  });

  test('has no chance when nothing landed', () => {
    expect(LANDING_UNEXPECTED.measure(NOTHING)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('landing.clockError', () => {
  test('is the worst error of a trainer reading, in either direction', () => {
    const readings = smallReadings();
    const whole = landedOnce(readings);
    const shifted = (changes: Readonly<Record<number, number>>) => ({
      ...whole,
      readings: new Map(
        [...whole.readings].map(([id, { rows, timeMs }]) => [
          id,
          { rows, timeMs: timeMs + (changes[id] ?? 0) },
        ]),
      ),
    });
    expect(LANDING_CLOCK_ERROR.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 8 });
    const landed = shifted({ [ANN_FIRST]: 3, [ANN_SECOND]: -7 });
    expect(LANDING_CLOCK_ERROR.measure(evidenceWith({ landed }))).toMatchObject({
      measured: 7,
      chances: 8,
    });
    // A phone has a clock of its own, which nobody promised to be right.
    const phone = shifted({ [BOB_SAMPLE]: 400 });
    expect(LANDING_CLOCK_ERROR.measure(evidenceWith({ landed: phone })).measured).toBe(0);
  });

  test('has no chance when no trainer reading landed', () => {
    const readings = smallReadings().filter(({ kind }) => kind === 'acceleration');
    const evidence = evidenceWith({ readings, landed: landedOnce(readings) });
    expect(LANDING_CLOCK_ERROR.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});
