import { expect, it } from 'vitest';
import type { Accounting, TableAccounting } from '../../../pipeline/accounting.ts';
import { checkBooks } from '../../../pipeline/audit/books-checks.ts';
import type { AuditFinding, AuditSubject } from '../../../pipeline/audit/index.ts';
import { TABLES } from '../../../pipeline/core/catalog.ts';
import type { TableName } from '../../../pipeline/core/catalog.ts';
import { Engine } from '../../../pipeline/engine/duckdb.ts';

const BALANCED: TableAccounting = {
  in: 12,
  out: 10,
  filtered: { unattributed: 2 },
  quarantined: 0,
  duplicates: 0,
  repeated: 0,
};

async function found(
  changes: Partial<Record<TableName, Partial<TableAccounting>>>,
  subject: Partial<AuditSubject> = {},
): Promise<readonly AuditFinding[]> {
  const accounting = Object.fromEntries(
    (Object.keys(TABLES) as TableName[]).map((table) => [
      table,
      { ...BALANCED, ...changes[table] },
    ]),
  ) as Accounting;
  const engine = await Engine.open({ threads: 1 });
  try {
    return await checkBooks(engine, {
      policy: 'strict',
      accounting,
      quarantine: [],
      missing: [],
      ...subject,
    });
  } finally {
    engine.close();
  }
}

it('finds nothing in books that balance', async () => {
  expect(await found({})).toEqual([]);
});

it('finds rows that got lost, rows that were made up, and what cannot be', async () => {
  expect(await found({ customer_trusted: { out: 7 } })).toMatchObject([
    {
      id: 'unbalanced-books',
      rows: 3,
      breaks: true,
      title: 'The books of 1 table do not balance: customer_trusted.',
      example:
        'Of customer_trusted, 3 rows went in and are neither in the table nor left out by a rule.',
    },
  ]);
  expect(
    await found({ customer_trusted: { out: 11 }, accelerometer_trusted: { out: 8 } }),
  ).toMatchObject([{ rows: 3, example: 'Of customer_trusted, 1 row came out and never went in.' }]);
  expect(
    await found({ step_trainer_trusted: { filtered: { unattributed: -1 }, out: 13 } }),
  ).toMatchObject([{ rows: 1, example: 'Of step_trainer_trusted, more came out than went in.' }]);
});

it('counts lines that cannot be read, with the place of the first', async () => {
  const entry = {
    file: 'x/a.json',
    line: 7,
    reason: 'not JSON',
    table: 'customer_landing',
  } as const;
  const changes = {
    customer_landing: { out: 9, quarantined: 1 },
    step_trainer_landing: { in: 1_012, quarantined: 1_000 },
  };
  expect(await found(changes, { quarantine: [entry] })).toMatchObject([
    {
      id: 'quarantined-lines',
      rows: 1_001,
      breaks: false,
      title:
        '1,001 lines of the landing zone cannot be read: 1 in customer_landing, 1,000 in step_trainer_landing.',
      example: 'x/a.json, line 7: not JSON.',
    },
  ]);
  const named = { ...entry, file: 'ann@x.json', line: 0 };
  expect((await found(changes, { quarantine: [named] }))[0]?.example).toBe('an object: not JSON.');
});

it('counts lines of objects that landed twice, under either policy', async () => {
  const changes = { accelerometer_landing: { out: 8, duplicates: 2 } };
  for (const policy of ['strict', 'classic'] as const) {
    expect(await found(changes, { policy })).toMatchObject([
      {
        id: 'objects-landed-twice',
        rows: 2,
        breaks: false,
        example: 'Most are in accelerometer_landing: 2 of 12 lines.',
      },
    ]);
  }
});
