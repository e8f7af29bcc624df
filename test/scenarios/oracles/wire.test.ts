import { describe, expect, test } from 'vitest';
import {
  LANDING_DAMAGED,
  LANDING_REPEATED,
  LANDING_SILENT,
} from '../../../scenarios/oracles/wire.ts';
import type { Fate } from '../../../simulator/index.ts';
import { evidenceOfABadCable, evidenceWith, landedOnce, smallReadings } from '../small-world.ts';

/** Ids of two trainer readings and a phone sample. */
const [FIRST, SECOND, SAMPLE] = [0, 3, 6];

function withFates(fates: Readonly<Record<number, Fate>>) {
  const readings = smallReadings();
  for (const [id, fate] of Object.entries(fates))
    Object.assign(readings[Number(id)] ?? {}, { fate });
  return readings;
}

describe('landing.damaged', () => {
  test('finds nothing when what was damaged or lost did not land', () => {
    const readings = withFates({ [FIRST]: 'garbled', [SECOND]: 'lost' });
    const landed = landedOnce(readings, { [FIRST]: 0, [SECOND]: 0 });
    expect(LANDING_DAMAGED.measure(evidenceWith({ readings, landed }))).toMatchObject({
      measured: 0,
      chances: 2,
      sentence: '0 of 2 readings that were damaged or lost on their serial line landed.',
    });
  });

  test('counts what landed although no line of it arrived whole; phones have no lines', () => {
    const readings = withFates({ [FIRST]: 'garbled', [SECOND]: 'lost', [SAMPLE]: 'lost' });
    expect(LANDING_DAMAGED.measure(evidenceWith({ readings }))).toMatchObject({
      measured: 2,
      chances: 2,
    });
  });

  test('has no chance on good cables', () => {
    expect(LANDING_DAMAGED.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('landing.silent', () => {
  const measure = (
    damagedLines: readonly string[],
    ...refused: readonly (readonly [string, number])[]
  ) => {
    const landed = { ...landedOnce(smallReadings()), refusedLines: new Map(refused) };
    return LANDING_SILENT.measure(evidenceWith({ damagedLines, landed }));
  };

  test('finds nothing when each damaged line is in quarantine', () => {
    expect(measure(['$R,a', '\x00', '\x00'], ['$R,a', 1], ['\x00', 2], ['$R,b', 9])).toMatchObject({
      measured: 0,
      chances: 3,
      sentence: '0 of 3 lines that arrived damaged are not in quarantine.',
    });
  });

  test('counts those that are missing, equal ones each for itself, and others that are not the same', () => {
    expect(measure(['\x00', '\x00', '\x00'], ['\x00', 1])).toMatchObject({ measured: 2 });
    expect(measure(['$R,a\r'], ['$R,a', 1])).toMatchObject({ measured: 1, chances: 1 });
  });

  test('does not ask for what looks like free text', () => {
    expect(measure(['#R,a', '$R,b'], ['$R,b', 1])).toMatchObject({ measured: 0, chances: 1 });
  });

  test('has no chance on good cables', () => {
    expect(measure([])).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('landing.repeated', () => {
  test('finds nothing when a reading whose line came twice landed once', () => {
    expect(LANDING_REPEATED.measure(evidenceOfABadCable())).toMatchObject({
      measured: 0,
      chances: 1,
      sentence: '0 rows too many landed of 1 reading whose line arrived more than once.',
    });
  });

  test('counts the rows too many, and none of readings that did not land', () => {
    const readings = smallReadings();
    for (const id of [FIRST, SECOND]) Object.assign(readings[id] ?? {}, { arrivals: 3 });
    const landed = landedOnce(readings, { [FIRST]: 3, [SECOND]: 0, [SAMPLE]: 5 });
    expect(LANDING_REPEATED.measure(evidenceWith({ readings, landed }))).toMatchObject({
      measured: 2,
      chances: 2,
    });
  });

  test('has no chance when nothing came twice', () => {
    expect(LANDING_REPEATED.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 0 });
  });
});
