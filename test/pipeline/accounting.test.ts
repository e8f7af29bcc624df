import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountFor, imbalanceOf } from '../../pipeline/accounting.ts';
import type { Accounting, LandingLines, TableAccounting } from '../../pipeline/accounting.ts';
import type { Policy, TableName } from '../../pipeline/core/catalog.ts';
import type { Engine } from '../../pipeline/engine/duckdb.ts';
import { loadModels } from '../../pipeline/engine/models.ts';
import { customer, NOON, reading, sample, walk, walks, withLake } from './lake.ts';
import type { LandingRows, Row } from './lake.ts';

const linesOf = (rows: readonly Row[] = []): LandingLines['customer_landing'] => ({
  lines: rows.length,
  rows: rows.length,
  quarantined: 0,
  duplicates: 0,
});

/** The books of a lake that is made of rows, after `change` had its way with it. */
function booksOf(
  policy: Policy,
  rows: LandingRows,
  change?: (engine: Engine) => Promise<unknown>,
): Promise<Accounting> {
  return withLake(policy, rows, async (engine) => {
    await change?.(engine);
    return booksIn(engine, policy, rows);
  });
}

function booksIn(engine: Engine, policy: Policy, rows: LandingRows): Promise<Accounting> {
  return accountFor(engine, policy, {
    customer_landing: linesOf(rows.customers),
    accelerometer_landing: linesOf(rows.accelerometer),
    step_trainer_landing: linesOf(rows.steps),
  });
}

/** The books after each of some changes, each of which finds the lake as it was made. */
async function booksAfterEach(
  policy: Policy,
  rows: LandingRows,
  changes: readonly ((engine: Engine) => Promise<unknown>)[],
): Promise<readonly Accounting[]> {
  return withLake(policy, rows, async (engine) => {
    const books: Accounting[] = [];
    for (const change of changes) {
      await engine.run('BEGIN');
      await change(engine);
      books.push(await booksIn(engine, policy, rows));
      await engine.run('ROLLBACK');
    }
    return books;
  });
}

const none = { filtered: {}, quarantined: 0, duplicates: 0, repeated: 0 };
const imbalances = (books: Accounting): Record<string, number> =>
  Object.fromEntries(
    Object.entries(books)
      .map(([table, of]: [string, TableAccounting]) => [table, imbalanceOf(of)] as const)
      .filter(([, missing]) => missing !== 0),
  );
const expectBooks = (
  books: Accounting,
  table: TableName,
  expected: Partial<TableAccounting>,
): void => expect(books[table]).toEqual({ ...none, ...expected });

/** Ann and Bob walk at moments of their own; Cem's phone is not with any trainer; nobody knows Dan. */
const WORLD: LandingRows = {
  customers: [
    customer('ann@x', { serialNumber: 's1', shareWithResearchAsOfDate: NOON + 5 * 2_300 }),
    customer('ann@x', { serialNumber: 's1', lastUpdateDate: NOON - 7_200_000 }),
    customer('bob@x', { serialNumber: 's2', shareWithResearchAsOfDate: null }),
    customer('cem@x', { serialNumber: 's1' }),
    customer('cem@x', { serialNumber: 's1' }),
    customer('eve@x', { serialNumber: 's5' }),
    customer('eve@x', { serialNumber: 's6', registrationDate: NOON, shareWithResearchAsOfDate: 0 }),
  ],
  accelerometer: [
    ...walk({ user: 'ann@x', serial: 's1' }).accelerometer,
    ...walk({ user: 'bob@x', serial: 's2', start: NOON + 400 }).accelerometer,
    sample('ann@x', NOON + 9 * 2_300),
    sample('cem@x', NOON + 900_000),
    sample('dan@x', NOON),
    sample('eve@x', NOON),
  ],
  steps: [
    ...walk({ user: 'ann@x', serial: 's1' }).steps,
    ...walk({ user: 'bob@x', serial: 's2', start: NOON + 400 }).steps,
    ...walk({ user: 'ann@x', serial: 's1' }).steps.slice(0, 2),
    reading('s9', NOON + 5_000_000),
  ],
};

describe('the books of strict zones', () => {
  it('name the rule for every row that is left out', async () => {
    const books = await booksOf('strict', WORLD);
    expectBooks(books, 'customer_trusted', {
      in: 7,
      out: 2,
      filtered: {
        'superseded-version': 1,
        'no-research-consent': 2,
        'shared-email-without-consent': 1,
      },
      duplicates: 1,
    });
    expectBooks(books, 'accelerometer_trusted', {
      in: 28,
      out: 8,
      filtered: {
        'unknown-customer': 1,
        'no-research-consent': 12,
        'shared-email-without-consent': 1,
        'before-consent': 5,
      },
      duplicates: 1,
    });
    expectBooks(books, 'customer_curated', { in: 2, out: 2 });
    expectBooks(books, 'step_trainer_trusted', {
      in: 27,
      out: 7,
      filtered: { unattributed: 1, 'no-research-consent': 12, 'before-consent': 5 },
      duplicates: 2,
    });
    expectBooks(books, 'machine_learning_curated', { in: 7, out: 7 });
    expect(imbalances(books)).toEqual({});
  });

  it('count what a join repeats, and what has no partner', async () => {
    const ann = walk({ user: 'ann@x', serial: 's1' });
    const twice = [...ann.accelerometer, ...ann.accelerometer.map((row) => ({ ...row, y: 1 }))];
    const books = await booksOf('strict', {
      customers: [customer('ann@x')],
      accelerometer: twice,
      steps: ann.steps,
    });
    expectBooks(books, 'machine_learning_curated', { in: 24, out: 24, repeated: 12 });
    const some = await booksOf('strict', {
      customers: [customer('ann@x')],
      ...ann,
      accelerometer: ann.accelerometer.filter((_, index) => index !== 4),
    });
    expect(some.machine_learning_curated.filtered).toEqual({
      'no-phone-sample-within-tolerance': 1,
    });
    expect(imbalances(some)).toEqual({});
  });

  it('count the readings of sessions that two people may have walked', async () => {
    const both = walks({ user: 'ann@x', serial: 's1' }, { user: 'bob@x', serial: 's2' });
    const books = await booksOf('strict', {
      customers: [customer('ann@x'), customer('bob@x')],
      accelerometer: both.accelerometer,
      steps: both.steps.filter((row) => row['serialNumber'] === 's1'),
    });
    expectBooks(books, 'step_trainer_trusted', { in: 12, out: 0, filtered: { ambiguous: 12 } });
    expect(imbalances(books)).toEqual({});
  });

  it('do not balance when a zone lost rows, or has some twice', async () => {
    const cases = [
      ['DELETE FROM customer_trusted', 'customer_trusted', 2],
      [
        'DELETE FROM accelerometer_trusted WHERE x = 1 AND "user" = \'cem@x\'',
        'accelerometer_trusted',
        1,
      ],
      ['INSERT INTO customer_curated SELECT * FROM customer_curated', 'customer_curated', -2],
      ['DELETE FROM step_trainer_trusted', 'step_trainer_trusted', 7],
      ['DELETE FROM machine_learning_curated', 'machine_learning_curated', 7],
      [
        'DELETE FROM machine_learning_curated WHERE distanceFromObject % 2 = 0',
        'machine_learning_curated',
        4,
      ],
      ['DELETE FROM ruling_customer WHERE consents = 0', 'customer_trusted', 2],
    ] as const;
    const changes = cases.map(
      ([sql]) =>
        (engine: Engine) =>
          engine.run(sql),
    );
    const found = (await booksAfterEach('strict', WORLD, changes)).map(imbalances);
    expect(found).toMatchObject(cases.map(([, table, missing]) => ({ [table]: missing })));
  });

  it('do not balance when a model lost rows, and all is made from what is left', async () => {
    const cases = [
      ['ruling_customer', 'consents = 1', 'customer_trusted'],
      ['reading_person', 'distanceFromObject % 2 = 0', 'step_trainer_trusted'],
      ['reading_person', 'TRUE', 'step_trainer_trusted'],
    ] as const;
    const models = await loadModels('strict');
    const changes = cases.map(([model, condition]) => async (engine: Engine) => {
      await engine.run(`DELETE FROM ${model} WHERE ${condition}`);
      const after = models.slice(models.findIndex(({ name }) => name === model) + 1);
      for (const { name, sql } of after) {
        await engine.run(`CREATE OR REPLACE TABLE ${name} AS ${sql}`);
      }
    });
    const found = (await booksAfterEach('strict', WORLD, changes)).map(imbalances);
    for (const [index, [, , table]] of cases.entries()) expect(found[index]).toHaveProperty(table);
  });

  it('tell readings beside the phone from sessions that are nobody’s', async () => {
    const ann = walk({ user: 'ann@x', serial: 's1', steps: 20 });
    const books = await booksOf('strict', {
      customers: [customer('ann@x')],
      accelerometer: ann.accelerometer.slice(0, 18),
      steps: [...ann.steps, reading('s9', NOON), reading('s9', NOON)],
    });
    expectBooks(books, 'step_trainer_trusted', {
      in: 22,
      out: 18,
      filtered: { unattributed: 1, 'beside-the-phone': 2 },
      duplicates: 1,
    });
    expect(imbalances(books)).toEqual({});
  });
});

describe('the books of classic zones', () => {
  it('name the rule for every row that is left out, and what joins repeat', async () => {
    const books = await booksOf('classic', WORLD);
    expectBooks(books, 'customer_trusted', {
      in: 7,
      out: 5,
      filtered: { 'no-research-consent': 2 },
    });
    expectBooks(books, 'accelerometer_trusted', {
      // Both versions of Ann, and both copies of Cem, give each of their samples twice.
      in: 28 + 13 + 1,
      out: 2 * 13 + 2 + 1,
      filtered: { 'unknown-customer': 1, 'no-research-consent': 12 },
      repeated: 14,
    });
    expectBooks(books, 'customer_curated', { in: 5, out: 4, duplicates: 1 });
    expectBooks(books, 'step_trainer_trusted', {
      // Ann, Ann and Cem have the same serial number.
      in: 27 + 2 * 14,
      out: 3 * 14,
      filtered: { 'unknown-customer': 1, 'no-research-consent': 12 },
      repeated: 2 * 14,
    });
    expect(imbalances(books)).toEqual({});
  });

  it('do not balance when the last join lost rows', async () => {
    const books = await booksOf('classic', WORLD, (engine) =>
      engine.run(
        'DELETE FROM machine_learning_curated WHERE timeStamp = (SELECT MAX(timeStamp) FROM machine_learning_curated)',
      ),
    );
    expect(imbalances(books)).not.toEqual({});
  });
});

it('takes the books of landing tables from what loading them counted', async () => {
  const landing = { lines: 9, rows: 4, quarantined: 3, duplicates: 2 };
  const books = await withLake('strict', {}, (engine) =>
    accountFor(engine, 'strict', {
      customer_landing: landing,
      accelerometer_landing: { ...landing, lines: 8 },
      step_trainer_landing: landing,
    }),
  );
  expectBooks(books, 'customer_landing', { in: 9, out: 4, quarantined: 3, duplicates: 2 });
  expect(imbalances(books)).toEqual({ accelerometer_landing: -1 });
});

const someEmail = fc.constantFrom('ann@x', 'ANN@x', 'bob@x', 'cem@x', 'dan@x');
const someSerial = fc.constantFrom('s1', 's2', 's3');
const someMoment = fc.integer({ min: 0, max: 14 }).map((step) => NOON + step * 2_300);
const someDate = fc.constantFrom(null, 0, NOON - 9_000_000, NOON + 10_000);
const someWalk = fc
  .record({
    user: someEmail,
    serial: someSerial,
    start: fc.constantFrom(NOON, NOON + 77, NOON + 200_000),
    deviceLateMs: fc.constantFrom(0, 7),
  })
  .map(walk);
const someCustomer = fc
  .record({
    email: someEmail,
    serialNumber: fc.option(someSerial),
    registrationDate: fc.constantFrom(NOON - 9_000_000, NOON - 8_000_000),
    lastUpdateDate: fc.constantFrom(NOON - 8_000_000, NOON),
    shareWithResearchAsOfDate: someDate,
  })
  .map(({ email, ...changes }) => customer(email, changes));

/** Dirty data: customers in versions and namesakes, walks, stray samples and readings, and copies of any of them. */
const someRows = fc
  .record({
    customers: fc.array(someCustomer, { maxLength: 8 }),
    walked: fc.array(someWalk, { maxLength: 4 }),
    samples: fc.array(
      fc.tuple(someEmail, someMoment).map(([user, at]) => sample(user, at)),
      { maxLength: 8 },
    ),
    readings: fc.array(
      fc.tuple(someSerial, someMoment).map(([of, at]) => reading(of, at)),
      { maxLength: 8 },
    ),
    copies: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ customers, walked, samples, readings, copies }): LandingRows => {
    const repeat = (rows: readonly Row[]): Row[] => [...rows, ...rows.slice(0, copies)];
    return {
      customers: repeat(customers),
      accelerometer: repeat([...walked.flatMap(({ accelerometer }) => accelerometer), ...samples]),
      steps: repeat([...walked.flatMap(({ steps }) => steps), ...readings]),
    };
  });

it.each(['strict', 'classic'] as const)(
  'balances the books of any data to the row, under %s',
  async (policy) => {
    await fc.assert(
      fc.asyncProperty(someRows, async (rows) => {
        const books = await booksOf(policy, rows);
        expect(imbalances(books)).toEqual({});
        for (const { filtered, duplicates, repeated } of Object.values(
          books,
        ) as TableAccounting[]) {
          expect(Math.min(duplicates, repeated, ...Object.values(filtered))).toBeGreaterThanOrEqual(
            0,
          );
        }
      }),
      { numRuns: 10 },
    );
  },
  60_000,
);
