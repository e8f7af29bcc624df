/** The named steps of the consent and strict models: literal rows in, literal rows out. The classic models have none. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOON } from '../lake.ts';
import type { GivenRow } from './model-step.ts';
import { resultRows, splitModel, stepRows } from './model-step.ts';

const ROOT = join(import.meta.dirname, '../../..');
const HOUR = 3_600_000;

describe('every named step of a model', () => {
  it('is run on literal rows by some test', async () => {
    const files = async (folder: string): Promise<string[]> =>
      (await readdir(join(ROOT, folder), { recursive: true })).map((file) =>
        join(ROOT, folder, file),
      );
    const tests = (await files('test/pipeline')).filter((file) => file.endsWith('.test.ts'));
    const text = (await Promise.all(tests.map((file) => readFile(file, 'utf8')))).join('\n');
    const untested: string[] = [];
    for (const file of (await files('pipeline/sql')).filter((name) => name.endsWith('.sql'))) {
      const model = file.slice(join(ROOT, 'pipeline/sql').length + 1, -'.sql'.length);
      for (const { name } of splitModel(await readFile(file, 'utf8')).steps) {
        const called = new RegExp(`Rows\\(\\s*'${model}',\\s*'${name}'`);
        if (!called.test(text)) untested.push(`${model}: ${name}`);
      }
    }
    expect(untested).toEqual([]);
  });
});

describe('consent/ruling_customer', () => {
  const version = (email: string, changes: GivenRow = {}): GivenRow => ({
    customerName: 'Ann Lee',
    email,
    phone: '8015550100',
    birthDay: '0967-01-01',
    serialNumber: 'box 1',
    registrationDate: NOON,
    lastUpdateDate: NOON,
    shareWithResearchAsOfDate: NOON,
    shareWithPublicAsOfDate: null,
    shareWithFriendsAsOfDate: null,
    ...changes,
  });

  it('version: whose it is, and whether it gives consent', async () => {
    const rows = [
      version('Ann@x'),
      version('bob@x', { shareWithResearchAsOfDate: 0 }),
      version('cem@x', { shareWithResearchAsOfDate: null }),
    ];
    expect(
      await stepRows('consent/ruling_customer', 'version', { customer_landing: rows }),
    ).toEqual([
      { ...rows[0], person: 'ann@x', consents: 1 },
      { ...rows[1], person: 'bob@x', consents: 0 },
      { ...rows[2], person: 'cem@x', consents: 0 },
    ]);
  });

  const ranks = async (
    consentEver: number,
    ...versions: readonly (readonly [phone: string, updated: number, consent: number | null])[]
  ): Promise<unknown[]> => {
    const given = versions.map(([phone, updated, consent]) => ({
      ...version('ann@x', { phone, lastUpdateDate: updated, shareWithResearchAsOfDate: consent }),
      person: 'ann@x',
      consents: consent === null ? 0 : 1,
    }));
    const rows = await stepRows(
      'consent/ruling_customer',
      'ranked_version',
      { version: given },
      { settings: { consent_ever: consentEver } },
    );
    return rows
      .sort((a, b) => Number(a['version_rank']) - Number(b['version_rank']))
      .map((row) => row['phone']);
  };

  it('ranked_version: the newest first, of equals the more restrictive', async () => {
    const old = ['old', NOON, null] as const;
    const none = ['none', NOON + 1, null] as const;
    const soon = ['soon', NOON + 1, NOON] as const;
    const late = ['late', NOON + 1, NOON + HOUR] as const;
    const order = ['none', 'late', 'soon', 'old'];
    expect(await ranks(0, old, soon, late, none)).toEqual(order);
    expect(await ranks(0, none, late, soon, old)).toEqual(order);
  });

  it('ranked_version: where consent counts for ever, what gives it comes first', async () => {
    const given = ['given', NOON, NOON] as const;
    const again = ['again', NOON + 1, NOON + HOUR] as const;
    const taken = ['taken', NOON + 2, null] as const;
    expect(await ranks(0, given, again, taken)).toEqual(['taken', 'again', 'given']);
    expect(await ranks(1, given, again, taken)).toEqual(['again', 'given', 'taken']);
  });
});

describe('consent/person_consent', () => {
  it('person_customer: how many customers share the address, how many consent, and the latest date', async () => {
    const ruling_customer = [
      { person: 'ann@x', consents: 1, shareWithResearchAsOfDate: NOON },
      { person: 'ann@x', consents: 1, shareWithResearchAsOfDate: NOON + HOUR },
      { person: 'bob@x', consents: 1, shareWithResearchAsOfDate: NOON },
      { person: 'bob@x', consents: 0, shareWithResearchAsOfDate: null },
    ];
    expect(
      await stepRows('consent/person_consent', 'person_customer', { ruling_customer }),
    ).toEqual([
      { person: 'ann@x', customers: 2, consenting: 2, last_date: NOON + HOUR },
      { person: 'bob@x', customers: 2, consenting: 1, last_date: NOON },
    ]);
  });
});

describe('strict/customer_curated', () => {
  const readings = (
    person: string,
    serialNumber: string,
    times: number[],
    posterior = 1,
  ): GivenRow[] =>
    times.map((ms) => ({ person, serialNumber, sensorReadingTime: NOON + ms, posterior }));

  it('seen: readings of a person on each trainer from the consent on, and how sure one is', async () => {
    const given = {
      reading_person: [
        ...readings('ann@x', 'box 1', [-1, 0], 0.991),
        ...readings('ann@x', 'box 1', [1], 0.999),
        ...readings('ann@x', 'box 2', [7], 0.995),
        ...readings('bob@x', 'box 1', [8]),
      ],
      person_consent: [{ person: 'ann@x', consent_from: NOON }],
    };
    expect(await stepRows('strict/customer_curated', 'seen', given)).toEqual([
      { person: 'ann@x', serialNumber: 'box 1', readings: 2, posterior: 0.999 },
      { person: 'ann@x', serialNumber: 'box 2', readings: 1, posterior: 0.995 },
    ]);
  });

  it('ranked: the most readings first, then the surer, then by name', async () => {
    const seen = [
      { person: 'ann@x', serialNumber: 'box 4', readings: 3, posterior: 0.99 },
      { person: 'ann@x', serialNumber: 'box 1', readings: 2, posterior: 0.99 },
      { person: 'ann@x', serialNumber: 'box 2', readings: 2, posterior: 0.999 },
      { person: 'ann@x', serialNumber: 'box 0', readings: 2, posterior: 0.99 },
      { person: 'bob@x', serialNumber: 'box 1', readings: 1, posterior: 1 },
    ];
    const rows = await stepRows('strict/customer_curated', 'ranked', { seen });
    expect(rows.map((row) => [row['person'], row['place'], row['serialNumber']])).toEqual(
      [
        ['ann@x', 4, 'box 1'],
        ['ann@x', 2, 'box 2'],
        ['ann@x', 1, 'box 4'],
        ['ann@x', 3, 'box 0'],
        ['bob@x', 1, 'box 1'],
      ].sort((a, b) => (`${a[0]} ${a[2]}` < `${b[0]} ${b[2]}` ? -1 : 1)),
    );
  });

  it('sole_customer: addresses of one customer only', async () => {
    const ruling_customer = ['ann@x', 'bob@x', 'bob@x'].map((person) => ({ person }));
    expect(await stepRows('strict/customer_curated', 'sole_customer', { ruling_customer })).toEqual(
      [{ person: 'ann@x' }],
    );
  });

  it('trainer: the first, of those who share their address with nobody', async () => {
    const ranked = [
      { person: 'ann@x', serialNumber: 'box 1', posterior: 0.999, place: 1 },
      { person: 'ann@x', serialNumber: 'box 2', posterior: 1, place: 2 },
      { person: 'bob@x', serialNumber: 'box 3', posterior: 1, place: 1 },
    ];
    const given = { ranked, sole_customer: [{ person: 'ann@x' }] };
    expect(await stepRows('strict/customer_curated', 'trainer', given)).toEqual([
      { person: 'ann@x', serialNumber: 'box 1', posterior: 0.999 },
    ]);
  });
});

describe('strict/machine_learning_curated', () => {
  const step = (ms: number, offset: number): GivenRow => ({
    device_session: 1,
    sensorReadingTime: NOON + ms,
    distanceFromObject: 201,
    person_number: 7,
    phone_time: NOON + ms - offset,
  });

  it('step: trusted readings by the time of the phone', async () => {
    const given = {
      reading_person: [-1, 0].flatMap((ms) =>
        ['ann@x', 'bob@x'].map((person) => ({ ...step(ms, 0), person, clock_offset_ms: -5 })),
      ),
      person_consent: [{ person: 'ann@x', consent_from: NOON }],
    };
    expect(await stepRows('strict/machine_learning_curated', 'step', given)).toEqual([step(0, -5)]);
  });

  it('step_slice: the slice of the corrected time, and those beside it', async () => {
    const rows = await stepRows(
      'strict/machine_learning_curated',
      'step_slice',
      {
        step: [
          { ...step(0, 0), phone_time: 95 },
          { ...step(9, 0), phone_time: -1 },
        ],
      },
      { settings: { tolerance_ms: 10 } },
    );
    expect(rows.map((row) => [row['phone_time'], row['slice']])).toEqual([
      [95, 8],
      [95, 9],
      [95, 10],
      [-1, -2],
      [-1, -1],
      [-1, 0],
    ]);
  });

  it('ranked_stamp: stamps of the same person within the tolerance, the nearest first, the earlier of two', async () => {
    const rows = await stepRows(
      'strict/machine_learning_curated',
      'ranked_stamp',
      {
        step_slice: [8, 9, 10].map((slice) => ({ ...step(0, 0), phone_time: 95, slice })),
        phone_stamp: [
          ...[84, 85, 91, 99, 105, 106].map((timeStamp) => ({ person_number: 7, timeStamp })),
          { person_number: 8, timeStamp: 95 },
        ].map((stamp) => ({ ...stamp, slice: Math.floor(stamp.timeStamp / 10) })),
      },
      { settings: { tolerance_ms: 10 } },
    );
    expect(rows.map((row) => [row['timeStamp'], row['nearness']])).toEqual([
      [85, 3],
      [91, 1],
      [99, 2],
      [105, 4],
    ]);
  });
});

describe('strict/trusted_sample', () => {
  const at = { timeStamp: NOON, x: 1, y: 0, z: -1 };
  const sessions = ['ann@x', 'ann@x', 'bob@x', 'cem@x'];
  const phone_session = sessions.map((person) => ({ person, person_number: person.charCodeAt(0) }));

  it('known_person, spelling, numbered: the number of each spelling, and how many the person has', async () => {
    const accelerometer_trusted = ['Ann@x', 'ann@x', 'bob@x', 'bob@x', 'dan@x'].map((user) => ({
      user,
      ...at,
    }));
    const given = { phone_session, accelerometer_trusted };
    expect(await stepRows('strict/trusted_sample', 'known_person', given)).toEqual([
      { person: 'ann@x', person_number: 97 },
      { person: 'bob@x', person_number: 98 },
      { person: 'cem@x', person_number: 99 },
    ]);
    expect(await stepRows('strict/trusted_sample', 'spelling', given)).toEqual([
      { phone_user: 'Ann@x', person: 'ann@x' },
      { phone_user: 'ann@x', person: 'ann@x' },
      { phone_user: 'bob@x', person: 'bob@x' },
      { phone_user: 'dan@x', person: 'dan@x' },
    ]);
    expect(await stepRows('strict/trusted_sample', 'numbered', given)).toEqual([
      { phone_user: 'Ann@x', person_number: 97, spellings: 2 },
      { phone_user: 'ann@x', person_number: 97, spellings: 2 },
      { phone_user: 'bob@x', person_number: 98, spellings: 1 },
    ]);
  });

  it('has what is the same in two spellings once', async () => {
    const accelerometer_trusted = [
      { user: 'Ann@x', ...at },
      { user: 'ann@x', ...at },
      { user: 'ann@x', ...at, x: 2 },
      { user: 'bob@x', ...at },
    ];
    expect(
      await resultRows('strict/trusted_sample', { phone_session, accelerometer_trusted }),
    ).toEqual([
      { person_number: 97, ...at },
      { person_number: 97, ...at, x: 2 },
      { person_number: 98, ...at },
    ]);
  });
});

describe('strict/ml_pairing', () => {
  const sessions = {
    device_session: [1, 2].map(() => ({ serialNumber: 'box', device_number: 4 })),
  };
  const phones = [1, 2].map((person_number) => ({ person: `${person_number}@x`, person_number }));

  it('device, known_person: the numbers of devices and people, once each', async () => {
    expect(await stepRows('strict/ml_pairing', 'device', sessions)).toEqual([
      { serialNumber: 'box', device_number: 4 },
    ]);
    expect(
      await stepRows('strict/ml_pairing', 'known_person', {
        phone_session: [...phones, ...phones],
      }),
    ).toEqual(phones);
  });

  it('says whether the sample is a trusted one of the person who stepped', async () => {
    const sample = { timeStamp: NOON, x: 1, y: 0, z: -1 };
    const step = { sensorReadingTime: NOON, distanceFromObject: 201 };
    const paired = { ...step, ...sample, serialNumber: 'box' };
    const rows = await resultRows('strict/ml_pairing', {
      ...sessions,
      phone_session: phones,
      machine_learning_curated: [
        paired,
        { ...paired, x: 2 },
        { ...paired, distanceFromObject: 202 },
        { ...paired, serialNumber: 'another' },
      ],
      reading_person: [{ ...step, device_number: 4, person_number: 1 }],
      trusted_sample: [
        { person_number: 1, ...sample },
        { person_number: 2, ...sample, x: 2 },
      ],
    });
    const row = { serialNumber: 'box', sensorReadingTime: NOON };
    expect(rows).toEqual([
      { ...row, serialNumber: 'another', step_person: null, same_person: null },
      { ...row, step_person: '1@x', same_person: 0 },
      { ...row, step_person: '1@x', same_person: 1 },
      { ...row, step_person: null, same_person: null },
    ]);
  });
});
