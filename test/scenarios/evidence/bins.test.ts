import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BINS, countBins, sortIntoBins } from '../../../scenarios/evidence/bins.ts';
import type { Bin } from '../../../scenarios/evidence/bins.ts';
import type { Zones } from '../../../scenarios/evidence/evidence.ts';
import type { Fate } from '../../../simulator/index.ts';
import {
  ANN,
  BOB,
  CEM,
  customerRow,
  DUA,
  EMPTY_ZONES,
  evidenceWith,
  FIRST_MS,
  landedOnce,
  mlRow,
  RIGHT_ZONES,
  sampleRow,
  SECOND_MS,
  serialOf,
  smallReadings,
  stepRow,
} from '../small-world.ts';

/** Ann's first distance and her first sample, Cem's distance from before consent, Bob's first distance. */
const [ANN_DISTANCE, ANN_SAMPLE, BOB_DISTANCE, CEM_EARLY] = [0, 1, 5, 9];

function binsOf(changes: Parameters<typeof evidenceWith>[0] = {}): readonly Bin[] {
  return sortIntoBins(evidenceWith(changes));
}

function withFate(id: number, fate: Fate) {
  const readings = smallReadings();
  (readings[id] as { fate: Fate }).fate = fate;
  return { readings, landed: landedOnce(readings, { [id]: 0 }) };
}

test('in a perfect run every reading landed or was rightly filtered', () => {
  expect(countBins(binsOf())).toEqual({
    ...countBins([]),
    // Five samples and three distances are in the zones; the rest is of people who did not consent at the time.
    landed: 8,
    rightlyFiltered: 10,
  });
});

describe('a reading that did not land', () => {
  test.each([
    ['never-sent', 'neverSent'],
    ['garbled', 'garbled'],
    ['lost', 'lost'],
    ['sent', 'lost'],
  ] as const)('with the fate %s is %s', (fate, bin) => {
    expect(binsOf(withFate(ANN_DISTANCE, fate))[ANN_DISTANCE]).toBe(bin);
  });

  test('and is in quarantine was rejected', () => {
    const { readings, landed } = withFate(ANN_DISTANCE, 'sent');
    const quarantined = new Set([ANN_DISTANCE]);
    expect(binsOf({ readings, landed: { ...landed, quarantined } })[ANN_DISTANCE]).toBe('rejected');
  });
});

describe('a reading that landed', () => {
  const without = (table: 'step_trainer_trusted' | 'accelerometer_trusted') => ({
    zones: { [table]: RIGHT_ZONES[table].slice(1) },
  });

  test('although its fate says otherwise, is where it landed', () => {
    const readings = smallReadings();
    (readings[ANN_DISTANCE] as { fate: Fate }).fate = 'garbled';
    expect(binsOf({ readings })[ANN_DISTANCE]).toBe('landed');
  });

  test('and is missing from its table was wrongly filtered', () => {
    expect(binsOf(without('step_trainer_trusted'))[ANN_DISTANCE]).toBe('wronglyFiltered');
    expect(binsOf(without('accelerometer_trusted'))[ANN_SAMPLE]).toBe('wronglyFiltered');
  });

  test('of somebody who did not share, or not yet, was wrongly kept', () => {
    const rows = [stepRow(BOB, FIRST_MS, 203), stepRow(CEM, FIRST_MS, 205)];
    const bins = binsOf({ zones: { step_trainer_trusted: rows } });
    expect([bins[BOB_DISTANCE], bins[CEM_EARLY]]).toEqual(['wronglyKept', 'wronglyKept']);
  });

  test('stands in its table twice', () => {
    const row = RIGHT_ZONES.accelerometer_trusted[0] as Zones['accelerometer_trusted'][number];
    const rows = [row, row, row];
    expect(binsOf({ zones: { accelerometer_trusted: rows } })[ANN_SAMPLE]).toBe('duplicated');
  });

  test('is taken for somebody else, for nobody, or for several people', () => {
    const bin = (zones: Partial<Zones>): Bin | undefined => binsOf({ zones })[ANN_DISTANCE];
    const { user: _, ...unnamed } = stepRow(ANN, FIRST_MS, 201);
    const shared = [customerRow(ANN), { ...customerRow(CEM), serialNumber: serialOf(ANN) }];
    expect([
      bin({ step_trainer_trusted: [stepRow(ANN, FIRST_MS, 201, CEM)] }),
      bin({ step_trainer_trusted: [stepRow(ANN, FIRST_MS, 201, null)] }),
      bin({ step_trainer_trusted: [unnamed], customer_curated: shared }),
      bin({ step_trainer_trusted: [unnamed] }),
    ]).toEqual(['misattributed', 'misattributed', 'misattributed', 'landed']);
  });
});

describe('whatever the zones hold', () => {
  const person = fc.constantFrom(ANN, BOB, CEM, DUA);
  const time = fc.constantFrom(FIRST_MS, SECOND_MS, FIRST_MS + 1);
  const sample = fc.tuple(
    fc.integer({ min: -1, max: 1 }),
    fc.integer({ min: -1, max: 1 }),
    fc.integer({ min: -1, max: 0 }),
  );
  const distance = fc.integer({ min: 200, max: 209 });
  const believed = fc.option(person);
  const zones: fc.Arbitrary<Zones> = fc.record({
    customer_trusted: fc.array(person.map(customerRow)),
    customer_curated: fc.array(
      fc
        .tuple(person, person)
        .map(([who, box]) => ({ ...customerRow(who), serialNumber: serialOf(box) })),
    ),
    accelerometer_trusted: fc.array(
      fc.tuple(person, time, sample).map(([who, at, xyz]) => sampleRow(who, at, xyz)),
      { maxLength: 40 },
    ),
    step_trainer_trusted: fc.array(
      fc
        .tuple(person, time, distance, believed, fc.boolean())
        .map(([box, at, value, whose, named]) => {
          const { user, ...row } = stepRow(box, at, value, whose);
          return named ? { ...row, user: user ?? null } : row;
        }),
      { maxLength: 40 },
    ),
    machine_learning_curated: fc.array(
      fc
        .tuple(person, time, distance, sample)
        .map(([box, at, value, xyz]) => mlRow(box, at, value, xyz)),
    ),
  });
  const fate = fc.constantFrom<Fate>('never-sent', 'sent', 'garbled', 'lost');

  test('and whatever became of the readings, each is in exactly one bin and the bins sum to what was emitted', () => {
    const ways = fc.array(
      fc.record({ fate, rows: fc.integer({ min: 0, max: 2 }), refused: fc.boolean() }),
      {
        minLength: 18,
        maxLength: 18,
      },
    );
    fc.assert(
      fc.property(zones, ways, (contents, fates) => {
        const readings = smallReadings().map((truth, id) => ({
          ...truth,
          fate: fates[id]?.fate ?? 'sent',
        }));
        const rows = Object.fromEntries(fates.map((way, id) => [id, way.rows]));
        const quarantined = new Set(fates.flatMap((way, id) => (way.refused ? [id] : [])));
        const landed = { ...landedOnce(readings, rows), quarantined };
        const bins = binsOf({ readings, landed, zones: contents });
        const counts = countBins(bins);
        expect(bins).toHaveLength(readings.length);
        expect(Object.keys(counts)).toEqual(BINS);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(readings.length);
        const inZones =
          counts.landed + counts.duplicated + counts.misattributed + counts.wronglyKept;
        const filtered = counts.rightlyFiltered + counts.wronglyFiltered;
        expect(inZones + filtered).toBe(landed.readings.size);
      }),
    );
  });
});

test('nothing in the zones: what landed was filtered, rightly or wrongly', () => {
  expect(countBins(binsOf({ zones: EMPTY_ZONES }))).toEqual({
    ...countBins([]),
    wronglyFiltered: 8,
    rightlyFiltered: 10,
  });
});
