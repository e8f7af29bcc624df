/** The named steps of the audit's queries: literal rows in, literal rows out. */
import { describe, expect, it } from 'vitest';
import { AUDIT_SETTINGS } from '../../../pipeline/core/audit-settings.ts';
import { NOON } from '../lake.ts';
import { stepRows } from './model-step.ts';

const settings = AUDIT_SETTINGS;
const ruling = [
  { person: 'a', serialNumber: 's', consents: 1 },
  { person: 'a', serialNumber: 't', consents: 0 },
  { person: 'b', serialNumber: 's', consents: 1 },
];

describe('the feed', () => {
  it('shared: serial numbers and addresses that several customers have', async () => {
    const given = { ruling_customer: ruling };
    expect(await stepRows('audit/serial-shared', 'shared', given)).toEqual([
      { serialNumber: 's', customers: 2, place: 1 },
    ]);
    expect(await stepRows('audit/email-shared', 'shared', given)).toEqual([
      { customers: 2, consenting: 1 },
    ]);
  });

  it('reported: the serial numbers that trainers report', async () => {
    const device_session = ['s', 's', 't'].map((serialNumber) => ({ serialNumber }));
    expect(await stepRows('audit/serial-shared', 'reported', { device_session })).toEqual([
      { serialNumber: 's' },
      { serialNumber: 't' },
    ]);
  });

  it('sole_customer, seen, compared: who was seen on which trainer, and whether it is theirs', async () => {
    const seen = {
      accepted_pair: [1, 1, 2].map((device_session) => ({ device_session, person: 'b' })),
      device_session: [
        { device_session: 1, serialNumber: 'u' },
        { device_session: 2, serialNumber: 'v' },
      ],
    };
    expect(
      await stepRows('audit/serial-wrong', 'sole_customer', { ruling_customer: ruling }),
    ).toEqual([{ person: 'b', serialNumber: 's' }]);
    expect(await stepRows('audit/serial-wrong', 'seen', seen)).toEqual([
      { person: 'b', serialNumber: 'u' },
      { person: 'b', serialNumber: 'v' },
    ]);
    const given = { ruling_customer: ruling, ...seen };
    expect(await stepRows('audit/serial-wrong', 'compared', given)).toEqual([
      { person: 'b', is_theirs: 0, seen_serial: 'u' },
    ]);
  });

  it('spelling and consented: how phones spell an address, and who consented in any version', async () => {
    const sessions = ['A', 'a'].map((phone_user) => ({ person: 'a', phone_user }));
    expect(
      await stepRows('audit/email-spelled-otherwise', 'spelling', { phone_session: sessions }),
    ).toEqual([{ person: 'a', phone_user: 'A', sessions: 2 }]);
    const versions = [5, 0, null, 6].map((shareWithResearchAsOfDate, index) => ({
      email: index === 2 ? 'b' : 'A',
      registrationDate: 1,
      shareWithResearchAsOfDate,
    }));
    expect(
      await stepRows('audit/consent-withdrawn', 'consented', { customer_landing: versions }),
    ).toEqual([{ person: 'a', registrationDate: 1 }]);
  });
});

describe('sessions', () => {
  const sessions = [1, 2].map((device_session) => ({
    device_session,
    serialNumber: `s${device_session}`,
    first_reading: NOON,
    last_reading: NOON + 9_020,
    readings: 9,
    period_ms: 1_000,
  }));

  it('ranked: the sessions of each outcome in their order', async () => {
    const given = {
      device_session: sessions,
      session_outcome: sessions.map(({ device_session }) => ({
        device_session,
        outcome: 'ambiguous',
      })),
    };
    expect(
      (await stepRows('audit/session-outcomes', 'ranked', given)).map((row) => [
        row['serialNumber'],
        row['place'],
      ]),
    ).toEqual([
      ['s1', 1],
      ['s2', 2],
    ]);
  });

  it('session_offset and ranked: offsets without sign, from the smallest on', async () => {
    const given = {
      device_session: sessions,
      accepted_pair: [
        { device_session: 1, phone_session: 1, clock_offset_ms: -20 },
        { device_session: 2, phone_session: 2, clock_offset_ms: 3 },
      ],
    };
    expect(await stepRows('audit/clock-offsets', 'session_offset', given)).toMatchObject([
      { phone_session: 1, serialNumber: 's1', offset_ms: 20 },
      { phone_session: 2, serialNumber: 's2', offset_ms: 3 },
    ]);
    expect(await stepRows('audit/clock-offsets', 'ranked', given)).toMatchObject([
      { offset_ms: 3, place: 1, sessions: 2 },
      { offset_ms: 20, place: 2, sessions: 2 },
    ]);
  });

  it('session_span and expected: as many moments as periods fit in, and one', async () => {
    const phone = { stamps: 1, first_stamp: NOON, last_stamp: NOON, period_ms: null };
    const given = { device_session: sessions.slice(0, 1), phone_session: [phone] };
    const options = { settings, columns: { phone_session: { period_ms: 'BIGINT' } } };
    expect(await stepRows('audit/session-gaps', 'session_span', given, options)).toMatchObject([
      { source: 'phone', moments: 1, period_ms: null },
      { source: 'trainer', moments: 9, last_moment: NOON + 9_020 },
    ]);
    expect(await stepRows('audit/session-gaps', 'expected', given, options)).toEqual([
      { source: 'trainer', moments: 9, first_moment: NOON, expected_moments: 10 },
    ]);
  });
});

it('impossible: the values that cannot be, by kind', async () => {
  const given = {
    customer_landing: [{ birthDay: '1899-12-31', registrationDate: 9, lastUpdateDate: 4 }],
    accelerometer_landing: [{ timeStamp: NOON, x: 0, y: -201, z: 3 }],
    step_trainer_landing: [{ sensorReadingTime: 12, distanceFromObject: -4 }],
  };
  expect(await stepRows('audit/impossible-values', 'impossible', given, { settings })).toEqual([
    { kind: 'acceleration', impossible_value: 201 },
    { kind: 'birthday', impossible_value: 0 },
    { kind: 'distance', impossible_value: -4 },
    { kind: 'time', impossible_value: 12 },
    { kind: 'update', impossible_value: -5 },
  ]);
});

it('zone_row and faulty: whom the rows of zones are about, and which of them lack consent', async () => {
  const reading = { serialNumber: 's', sensorReadingTime: NOON, distanceFromObject: 1 };
  const given = {
    customer_trusted: [{ email: 'A' }],
    customer_curated: [{ email: 'A' }],
    accelerometer_trusted: [
      { user: 'A', timeStamp: NOON - 1 },
      { user: 'A', timeStamp: NOON },
    ],
    step_trainer_trusted: [reading],
    reading_person: [{ ...reading, person: 'b' }],
    ml_pairing: [
      { step_person: 'a', sensorReadingTime: NOON },
      { step_person: null, sensorReadingTime: NOON },
    ],
  };
  expect(await stepRows('audit/zone-consent', 'zone_row', given)).toEqual([
    { zone_table: 'accelerometer_trusted', person: 'a', moment: NOON - 1 },
    { zone_table: 'accelerometer_trusted', person: 'a', moment: NOON },
    { zone_table: 'customer_curated', person: 'a', moment: null },
    { zone_table: 'customer_trusted', person: 'a', moment: null },
    { zone_table: 'machine_learning_curated', person: 'a', moment: NOON },
    { zone_table: 'step_trainer_trusted', person: 'b', moment: NOON },
  ]);
  const consent = { person_consent: [{ person: 'a', consent_from: NOON }] };
  expect(await stepRows('audit/zone-consent', 'faulty', { ...given, ...consent })).toEqual([
    {
      zone_table: 'accelerometer_trusted',
      person: 'a',
      fault: 'early',
      row_count: 1,
      first_moment: NOON - 1,
    },
    {
      zone_table: 'step_trainer_trusted',
      person: 'b',
      fault: 'missing',
      row_count: 1,
      first_moment: NOON,
    },
  ]);
});
