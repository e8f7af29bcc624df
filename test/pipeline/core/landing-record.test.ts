import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANDING_TABLES } from '../../../pipeline/core/catalog.ts';
import { validateLandingRecord } from '../../../pipeline/core/landing-record.ts';
import { customer, NOON } from '../lake.ts';

const SAMPLE = { user: 'a@x', timeStamp: NOON, x: 1, y: -0.5, z: 0 };
const READING = { sensorReadingTime: NOON, serialNumber: 's', distanceFromObject: 218 };

const reasonOf = (
  changes: object,
  table: 'accelerometer_landing' | 'step_trainer_landing' = 'accelerometer_landing',
): string => {
  const checked = validateLandingRecord(table, {
    ...(table === 'accelerometer_landing' ? SAMPLE : READING),
    ...changes,
  });
  return checked.ok ? 'ok' : checked.reason;
};

describe('validateLandingRecord', () => {
  it('takes a record of each table', () => {
    expect(validateLandingRecord('accelerometer_landing', SAMPLE)).toEqual({
      ok: true,
      record: SAMPLE,
    });
    expect(validateLandingRecord('step_trainer_landing', READING)).toEqual({
      ok: true,
      record: READING,
    });
    expect(validateLandingRecord('customer_landing', customer('a@x'))).toEqual({
      ok: true,
      record: customer('a@x'),
    });
  });

  it('leaves out keys that the catalog does not know, and orders the others', () => {
    const checked = validateLandingRecord('accelerometer_landing', {
      z: 0,
      y: -0.5,
      note: { deep: [] },
      x: 1,
      timeStamp: NOON,
      user: 'a@x',
    });
    expect(JSON.stringify(checked)).toBe(JSON.stringify({ ok: true, record: SAMPLE }));
  });

  it('knows timeStamp in both spellings, and refuses two that disagree', () => {
    const { timeStamp, ...rest } = SAMPLE;
    const spelled = validateLandingRecord('accelerometer_landing', {
      ...rest,
      timestamp: timeStamp,
    });
    expect(spelled).toEqual({ ok: true, record: SAMPLE });
    expect(reasonOf({ timestamp: NOON })).toBe('ok');
    expect(reasonOf({ timestamp: NOON + 1 })).toBe(
      'timeStamp is there in two spellings that disagree',
    );
    expect(reasonOf({ timestamp: null })).toBe('timeStamp is there in two spellings that disagree');
  });

  it('keeps absent dates absent, null ones null, and 0 as it is', () => {
    const { shareWithResearchAsOfDate: _, ...rest } = customer('a@x', {
      shareWithPublicAsOfDate: null,
      shareWithFriendsAsOfDate: 0,
    });
    expect(validateLandingRecord('customer_landing', rest)).toEqual({ ok: true, record: rest });
  });

  it('turns −0 into 0', () => {
    const checked = validateLandingRecord('accelerometer_landing', { ...SAMPLE, x: -0 });
    expect(checked.ok && Object.is(checked.record['x'], 0)).toBe(true);
  });

  it.each([
    [{ user: undefined }, 'user is missing'],
    [{ user: null }, 'user is missing'],
    [{ user: '' }, 'user is empty'],
    [{ user: 5 }, 'user is not text'],
    [{ user: 'a\ud800' }, 'user is not well-formed Unicode'],
    [{ timeStamp: null }, 'timeStamp is missing'],
    [{ timeStamp: '1655553600000' }, 'timeStamp is not a number'],
    [{ timeStamp: 1.5 }, 'timeStamp is not a whole number'],
    [{ timeStamp: -1 }, 'timeStamp is not a date in ms since 1970 up to the year 9999'],
    [
      { timeStamp: 253_402_300_800_000 },
      'timeStamp is not a date in ms since 1970 up to the year 9999',
    ],
    [{ x: true }, 'x is not a number'],
    [{ x: Number.NaN }, 'x is not a finite number'],
    [{ x: Number.POSITIVE_INFINITY }, 'x is not a finite number'],
    [{ x: undefined }, 'x is missing'],
  ])('refuses %j: %s', (changes, reason) => {
    expect(reasonOf(changes)).toBe(reason);
  });

  it('wants whole distances that a double holds exactly', () => {
    expect(reasonOf({ distanceFromObject: 218.5 }, 'step_trainer_landing')).toBe(
      'distanceFromObject is not a whole number',
    );
    expect(reasonOf({ distanceFromObject: 2 ** 53 }, 'step_trainer_landing')).toBe(
      'distanceFromObject is not a whole number',
    );
    expect(reasonOf({ distanceFromObject: -5 }, 'step_trainer_landing')).toBe('ok');
  });

  it('never throws, and takes what it gave out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANDING_TABLES), fc.anything(), (table, value) => {
        const checked = validateLandingRecord(table, value);
        expect(checked.ok ? validateLandingRecord(table, checked.record) : checked).toEqual(
          checked,
        );
      }),
    );
  });

  it('never repeats a value in a reason', () => {
    const secret = 'ann.lee@secret.example';
    const values = [
      { user: secret, timeStamp: secret },
      secret,
      { ...SAMPLE, user: `${secret}\ud800` },
    ];
    for (const value of values) {
      const checked = validateLandingRecord('accelerometer_landing', value);
      expect(checked.ok).toBe(false);
      expect(JSON.stringify(checked)).not.toContain('secret');
    }
  });
});
