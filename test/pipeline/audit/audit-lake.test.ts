import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { AUDITED_MODELS, whyUnsound } from '../../../pipeline/audit/index.ts';
import type { AuditFinding } from '../../../pipeline/audit/index.ts';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import type { Engine } from '../../../pipeline/engine/duckdb.ts';
import { loadModels } from '../../../pipeline/engine/models.ts';
import { customer, NOON, reading, sample, walk, walks } from '../lake.ts';
import type { LandingRows, Row } from '../lake.ts';
import { findings, rowsById as rowsOf } from './findings.ts';

const noon = { shareWithResearchAsOfDate: NOON + 2_300 * 5 };

/** Two people with boxes of their own who move at the same moments, four steps of each in common. */
const meeting = walks(
  { user: 'ann@x', serial: 'box of ann', periodMs: 2_000 },
  { user: 'bob@x', serial: 'box of bob', periodMs: 3_000 },
);
const own = (email: string, changes: Row = {}): Row =>
  customer(`${email}@x`, { birthDay: '1967-01-01', serialNumber: `box of ${email}`, ...changes });

describe('the audit of the classic zones', () => {
  it('counts ML rows that pair two people', async () => {
    const found = await findings('classic', { customers: [own('ann'), own('bob')], ...meeting });
    // Ann at 0, 6, …, 18 and 0, 6, … of Bob: each of the four moments pairs both ways.
    expect(found['ml-pairs-two-people']).toMatchObject({
      rows: 8,
      title:
        '8 rows of 32 in machine_learning_curated pair the step of one person with the phone of another.',
    });
  });

  it('judges a step by who moved, not by its serial number', async () => {
    const swapped = [
      own('ann', { serialNumber: 'box of bob' }),
      own('bob', { serialNumber: 'box of ann' }),
    ];
    expect(await rowsOf('classic', { customers: swapped, ...meeting })).toMatchObject({
      'ml-pairs-two-people': 8,
    });
  });

  it('knows people under any spelling of their address', async () => {
    const rows = { customers: [own('Ann')], ...walk({ user: 'Ann@x', serial: 'box of Ann' }) };
    expect(await rowsOf('classic', rows)).toEqual({ 'personal-data-in-ml': 12 });
    const other = { customers: [own('ann')], ...walk({ user: 'ANN@x', serial: 'box of ann' }) };
    expect(await rowsOf('strict', other)).toEqual({ 'email-spelled-otherwise': 1 });
  });

  it('does not judge steps that nobody can be found for', async () => {
    const rows = {
      customers: [own('ann')],
      steps: [reading('box of ann', NOON)],
      accelerometer: [sample('ann@x', NOON)],
    };
    expect(await rowsOf('classic', rows)).toEqual({
      'personal-data-in-ml': 1,
      'sessions-unattributed': 1,
    });
  });

  it('counts samples from before the consent', async () => {
    const rows = {
      customers: [own('ann', noon)],
      ...walk({ user: 'ann@x', serial: 'box of ann' }),
    };
    const found = await findings('classic', rows);
    expect(found['accelerometer-before-consent']).toMatchObject({
      rows: 5,
      title: '5 rows in accelerometer_trusted are from before the consent of 1 person.',
      example: 'The first is from 2022-06-18 12:00:00.000 UTC.',
      breaks: true,
    });
    expect(found['steps-before-consent']?.rows).toBe(5);
    expect(found['ml-before-consent']?.rows).toBe(5);
  });

  it('counts rows about people who withdrew, and about strangers with a shared serial number', async () => {
    const ann = walk({ user: 'ann@x', serial: 'box of ann' });
    const withdrawn = own('ann', { lastUpdateDate: NOON, shareWithResearchAsOfDate: null });
    // One customer row of each zone, and 12 samples, 12 readings, 12 ML rows.
    expect(await rowsOf('classic', { customers: [own('ann'), withdrawn], ...ann })).toMatchObject({
      'consent-missing': 1 + 1 + 12 + 12 + 12,
    });
    const stranger = walk({ user: 'quiet@x', serial: 'box of ann', start: NOON + 90_000 });
    const both = {
      customers: [own('ann'), own('quiet', { shareWithResearchAsOfDate: null })],
      accelerometer: [...ann.accelerometer, ...stranger.accelerometer],
      steps: [...ann.steps, ...stranger.steps],
    };
    const found = await findings('classic', both);
    expect(found['consent-missing']).toMatchObject({
      rows: 12,
      title: '12 rows of the zones are about 1 person without consent to research.',
    });
  });

  it('counts customers who share serial numbers, each of them once', async () => {
    const pool = ['a', 'b', 'c', 'd', 'e'].map((email, index) =>
      own(email, { serialNumber: `s${index % 2}` }),
    );
    const versions = pool.map((row) => ({ ...row, lastUpdateDate: NOON }));
    const found = await findings('classic', { customers: [...pool, ...versions, own('single')] });
    expect(found['serial-shared']).toMatchObject({
      rows: 5,
      title: '5 customers of the feed share 2 serial numbers.',
    });
  });

  it('counts rows that repeat another', async () => {
    const rows = { customers: [own('ann')], ...walk({ user: 'ann@x', serial: 'box of ann' }) };
    const twice = { ...rows, accelerometer: [...rows.accelerometer, ...rows.accelerometer] };
    const found = await findings('classic', twice);
    expect(found['duplicate-rows']).toMatchObject({
      rows: 24,
      title:
        '24 rows of the zones repeat another row: 12 in accelerometer_trusted, 12 in machine_learning_curated.',
    });
  });
});

describe('the audit of the strict zones', () => {
  const rows: LandingRows = {
    customers: [
      own('ann', noon),
      own('bob', { serialNumber: 'box of ann' }),
      own('quiet', { shareWithResearchAsOfDate: 0 }),
    ],
    accelerometer: [...meeting.accelerometer, ...meeting.accelerometer],
    steps: [...meeting.steps, ...meeting.steps],
  };

  it('finds only what the feed brings along', async () => {
    expect(await rowsOf('strict', rows)).toEqual({
      'rows-landed-twice': 48,
      'serial-shared': 2,
      'serial-wrong': 1,
      'trainer-unknown': 1,
    });
    const customers = [own('ann'), own('bob')];
    expect(await rowsOf('strict', { customers, ...meeting })).toEqual({});
  });

  it('reads the zones themselves: whatever spoils them is found', async () => {
    const spoilt = async (...statements: string[]): Promise<Record<string, number>> =>
      rowsOf('strict', rows, async (engine) => {
        for (const sql of statements) await engine.run(sql);
      });
    expect(
      await spoilt('INSERT INTO accelerometer_trusted SELECT * FROM accelerometer_trusted LIMIT 3'),
    ).toMatchObject({ 'duplicate-rows': 3 });
    expect(
      await spoilt(`INSERT INTO accelerometer_trusted VALUES ('ann@x', ${NOON}, 9, 9, 9)`),
    ).toMatchObject({ 'accelerometer-before-consent': 1 });
    expect(
      await spoilt(`INSERT INTO accelerometer_trusted VALUES ('QUIET@x', ${NOON}, 0, 0, 0)`),
    ).toMatchObject({ 'consent-missing': 1 });
    expect(
      await spoilt(
        'ALTER TABLE machine_learning_curated ADD COLUMN Email VARCHAR',
        "UPDATE machine_learning_curated SET Email = 'ann@x' WHERE timeStamp = (SELECT MIN(timeStamp) FROM machine_learning_curated)",
      ),
    ).toMatchObject({ 'personal-data-in-ml': 1 });
  });

  it('finds a sample of somebody else although the table names nobody', async () => {
    // Bob's samples are made different from Ann's, and put where hers belong.
    const marked = {
      ...rows,
      accelerometer: meeting.accelerometer.map((row) => ({
        ...row,
        z: row['user'] === 'bob@x' ? 0 : -1,
      })),
    };
    const change = async (engine: Engine): Promise<void> => {
      await engine.run(
        "UPDATE machine_learning_curated SET z = 0 WHERE serialNumber = 'box of ann'",
      );
      const pairing = (await loadModels('strict')).find(({ name }) => name === 'ml_pairing');
      await engine.run(`CREATE OR REPLACE TABLE ml_pairing AS ${pairing?.sql}`);
    };
    const found = await rowsOf('strict', marked, change);
    expect(found['ml-pairs-two-people']).toBe(6);
  });
});

const finding = (id: string, breaks: boolean): AuditFinding => ({
  id,
  rows: 1,
  title: `Found ${id}.`,
  example: 'One.',
  why: 'Because.',
  fix: 'Mend it.',
  breaks,
});

describe('zones are refused', () => {
  it('under strict for whatever breaks them, and the message says what', () => {
    const why = whyUnsound('strict', [finding('consent-missing', true), finding('gaps', false)]);
    expect(why).toContain('Found consent-missing.');
    expect(why).not.toContain('gaps');
    expect(whyUnsound('strict', [finding('gaps', false)])).toBeUndefined();
  });

  it('under classic for books that do not balance, and nothing else', () => {
    expect(whyUnsound('classic', [finding('consent-missing', true)])).toBeUndefined();
    const why = whyUnsound('classic', [finding('unbalanced-books', true)]);
    expect(why).toContain('Found unbalanced-books.');
  });
});

it('reads no model that a run removes before', async () => {
  const made = (await loadModels('strict')).map(({ name }) => name);
  const folder = new URL('../../../pipeline/sql/', import.meta.url);
  const read = new Set<string>();
  for (const file of await readdir(folder, { recursive: true })) {
    if (!/^(audit|accounting).*\.sql$/.test(file)) continue;
    const words = new Set((await readFile(new URL(file, folder), 'utf8')).match(/\w+/g));
    for (const name of made) if (words.has(name)) read.add(name);
  }
  const kept = [...AUDITED_MODELS, ...ZONE_TABLES];
  expect([...read].filter((name) => !kept.includes(name))).toEqual([]);
  expect(AUDITED_MODELS.filter((name) => !read.has(name))).toEqual([]);
});
