/** From readings and samples to sessions: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import { cells, renamed, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

const LANDED = 'serialNumber sensorReadingTime distanceFromObject';
const SAMPLED = 'user timeStamp x y z';
const toPhone = { device_number: 'person_number', serialNumber: 'person' };

describe('attribution/device_reading', () => {
  it('device: one number per serial number, in the order of their texts', async () => {
    const step_trainer_landing = table(LANDED, ['box 2', 1, 9], ['box 10', 1, 9], ['box 2', 2, 9]);
    const rows = await stepRows('attribution/device_reading', 'device', { step_trainer_landing });
    expect(cells(rows, 'serialNumber device_number')).toEqual([
      ['box 10', 1],
      ['box 2', 2],
    ]);
  });

  it('reading: repeated ones once, but two distances at one time, and one time on two devices', async () => {
    const given = {
      device: table('serialNumber device_number', ['a', 1], ['b', 2]),
      step_trainer_landing: table(LANDED, ['a', 5, 9], ['a', 5, 9], ['a', 5, 8], ['b', 5, 9]),
    };
    const rows = await stepRows('attribution/device_reading', 'reading', given);
    expect(cells(rows, 'device_number sensorReadingTime distanceFromObject')).toEqual([
      [1, 5, 8],
      [1, 5, 9],
      [2, 5, 9],
    ]);
  });

  it('spaced: the time since the reading before on the same device', async () => {
    const reading = table(
      'device_number sensorReadingTime distanceFromObject',
      [1, 7, 300],
      [2, 4, 1],
      [1, 7, 200],
      [1, 0, 900],
    );
    const rows = await stepRows('attribution/device_reading', 'spaced', { reading });
    expect(cells(rows, 'device_number sensorReadingTime distanceFromObject gap_ms')).toEqual([
      [1, 0, 900, null],
      [1, 7, 200, 7],
      [1, 7, 300, 0],
      [2, 4, 1, null],
    ]);
  });

  it('sessioned: a session ends after more than the silence, and its first reading has no gap', async () => {
    const spaced = table(
      'device_number sensorReadingTime distanceFromObject gap_ms',
      [1, 0, 1, null],
      [1, 30_000, 1, 30_000],
      [1, 60_001, 1, 30_001],
      [1, 60_001, 2, 0],
      [2, 70_000, 1, null],
    );
    const rows = await stepRows('attribution/device_reading', 'sessioned', { spaced });
    expect(cells(rows, 'device_number sensorReadingTime session_number gap_ms')).toEqual([
      [1, 0, 1, null],
      [1, 30_000, 1, 30_000],
      [1, 60_001, 2, null],
      [1, 60_001, 2, 0],
      [2, 70_000, 1, null],
    ]);
  });
});

describe('attribution/phone_sample', () => {
  it('spelling: every way in which an address is spelled, once', async () => {
    const accelerometer_landing = table(SAMPLED, ['Ann@X', 1], ['ann@x', 2], ['Ann@X', 3]);
    expect(
      await stepRows('attribution/phone_sample', 'spelling', { accelerometer_landing }),
    ).toEqual([
      { phone_user: 'Ann@X', person: 'ann@x' },
      { phone_user: 'ann@x', person: 'ann@x' },
    ]);
  });

  it('numbered: one number per person, without holes, whatever the spelling', async () => {
    const spelling = table(
      'phone_user person',
      ['bob@x', 'bob@x'],
      ['Ann@X', 'ann@x'],
      ['ann@x', 'ann@x'],
    );
    const rows = await stepRows('attribution/phone_sample', 'numbered', { spelling });
    expect(cells(rows, 'phone_user person_number')).toEqual([
      ['Ann@X', 1],
      ['ann@x', 1],
      ['bob@x', 2],
    ]);
  });

  const numbered = table(
    'phone_user person person_number',
    ['ann@x', 'ann@x', 1],
    ['Ann@X', 'ann@x', 1],
    ['bob@x', 'bob@x', 2],
  );

  it('stamp: a time once, whatever was measured and however the address was spelled', async () => {
    const accelerometer_landing = table(
      SAMPLED,
      ['ann@x', 5, 1, 0, 0],
      ['ann@x', 5, 2, 0, 0],
      ['Ann@X', 5, 1, 0, 0],
      ['Ann@X', 6, 1, 0, 0],
      ['bob@x', 5, 1, 0, 0],
    );
    const given = { numbered, accelerometer_landing };
    const rows = await stepRows('attribution/phone_sample', 'stamp', given);
    expect(cells(rows, 'person_number timeStamp')).toEqual([
      [1, 5],
      [1, 6],
      [2, 5],
    ]);
  });

  it('spaced: the time since the timestamp before of the same person', async () => {
    const stamp = table('person_number timeStamp', [1, 9], [2, 4], [1, 2]);
    const rows = await stepRows('attribution/phone_sample', 'spaced', { stamp });
    expect(cells(rows, 'person_number timeStamp gap_ms')).toEqual([
      [1, 2, null],
      [1, 9, 7],
      [2, 4, null],
    ]);
  });

  it('sessioned: a session ends after more than the silence, and its first timestamp has no gap', async () => {
    const spaced = table(
      'person_number timeStamp gap_ms',
      [1, 0, null],
      [1, 30_000, 30_000],
      [1, 60_001, 30_001],
      [1, 60_002, 1],
      [2, 70_000, null],
    );
    const rows = await stepRows('attribution/phone_sample', 'sessioned', { spaced });
    expect(cells(rows, 'person_number timeStamp session_number gap_ms')).toEqual([
      [1, 0, 1, null],
      [1, 30_000, 1, 30_000],
      [1, 60_001, 2, null],
      [1, 60_002, 2, 1],
      [2, 70_000, 1, null],
    ]);
  });

  it('known_person: one spelling of each person, the first', async () => {
    const rows = await stepRows('attribution/phone_sample', 'known_person', { numbered });
    expect(rows).toEqual([
      { person_number: 1, person: 'ann@x', phone_user: 'Ann@X' },
      { person_number: 2, person: 'bob@x', phone_user: 'bob@x' },
    ]);
  });
});

describe('attribution/device_session and attribution/phone_session', () => {
  it('session: how many, and from when to when', async () => {
    const columns = 'device_number serialNumber session_number sensorReadingTime gap_ms';
    const readings = table(
      columns,
      [1, 'a', 1, 7, 3],
      [1, 'a', 1, 4, null],
      [1, 'a', 2, 50_000, null],
      [2, 'b', 1, 5, null],
    );
    const bounds = [
      [1, 1, 'a', 2, 4, 7],
      [1, 2, 'a', 1, 50_000, 50_000],
      [2, 1, 'b', 1, 5, 5],
    ];
    const ofDevices = await stepRows('attribution/device_session', 'session', {
      device_reading: readings,
    });
    expect(
      cells(
        ofDevices,
        'device_number session_number serialNumber readings first_reading last_reading',
      ),
    ).toEqual(bounds);
    const stamps = renamed(readings, { ...toPhone, sensorReadingTime: 'timeStamp' });
    const phone_sample = stamps.map((row) => ({ ...row, phone_user: 'Any@X' }));
    const ofPhones = await stepRows('attribution/phone_session', 'session', { phone_sample });
    const phoneColumns = 'person_number session_number person stamps first_stamp last_stamp';
    expect(cells(ofPhones, phoneColumns)).toEqual(bounds);
    expect(cells(ofPhones, 'phone_user')).toEqual([['Any@X'], ['Any@X'], ['Any@X']]);
  });

  it('gap: those that take time, in order, by session', async () => {
    const readings = table(
      'device_number session_number gap_ms',
      [1, 1, null],
      [1, 1, 0],
      [1, 1, 9],
      [1, 1, 2],
      [1, 2, 5],
      [2, 1, 4],
    );
    const inOrder = [
      [1, 2, 1, 2],
      [1, 9, 2, 2],
      [2, 5, 1, 1],
      [1, 4, 1, 1],
    ];
    const columns = 'session_number gap_ms place gaps';
    const device_reading = readings;
    const phone_sample = renamed(readings, toPhone);
    const ofDevices = await stepRows('attribution/device_session', 'gap', { device_reading });
    expect(cells(ofDevices, columns)).toEqual(inOrder);
    const ofPhones = await stepRows('attribution/phone_session', 'gap', { phone_sample });
    expect(cells(ofPhones, columns)).toEqual(inOrder);
  });

  it('period: the middle gap, and of two middle ones the shorter', async () => {
    const gaps = (session: number, ...sorted: number[]): number[][] =>
      sorted.map((gap, index) => [1, session, gap, index + 1, sorted.length]);
    const gap = table(
      'device_number session_number gap_ms place gaps',
      ...gaps(1, 20, 30, 900),
      ...gaps(2, 20, 30, 40, 900),
      ...gaps(3, 70),
      ...gaps(4, 50, 60),
    );
    const middle = [
      [1, 30, 3],
      [2, 30, 4],
      [3, 70, 1],
      [4, 50, 2],
    ];
    const columns = 'session_number period_ms gaps';
    const ofDevices = await stepRows('attribution/device_session', 'period', { gap });
    expect(cells(ofDevices, columns)).toEqual(middle);
    const ofPhones = await stepRows('attribution/phone_session', 'period', {
      gap: renamed(gap, toPhone),
    });
    expect(cells(ofPhones, columns)).toEqual(middle);
  });

  it('dense: a short period, which four fifths of the gaps keep to within a half', async () => {
    const gaps = (session: number, ...of: number[]): number[][] =>
      of.map((gap) => [1, session, gap]);
    const readings = table(
      'device_number session_number gap_ms',
      ...gaps(1, 20, 20, 20, 30, 31),
      ...gaps(2, 20, 20, 30, 31),
      ...gaps(3, 250, 250, 375, 0),
      ...gaps(4, 251, 251),
    );
    const periods = [20, 20, 250, 251].map((ms, index) => [1, index + 1, ms]);
    const period = table('device_number session_number period_ms', ...periods);
    const ofDevices = await stepRows('attribution/device_session', 'dense', {
      device_reading: readings,
      period,
    });
    expect(cells(ofDevices, 'session_number')).toEqual([[1], [3]]);
    const ofPhones = await stepRows('attribution/phone_session', 'dense', {
      phone_sample: renamed(readings, toPhone),
      period: renamed(period, toPhone),
    });
    expect(cells(ofPhones, 'session_number')).toEqual([[1], [3]]);
  });

  it('are signals from a hundred rows on, where they are dense', async () => {
    const key = 'device_number session_number';
    const given = {
      session: table(
        `${key} serialNumber readings first_reading last_reading`,
        [1, 1, 'a', 100, 0, 9],
        [1, 2, 'a', 99, 0, 9],
        [2, 1, 'b', 100, 0, 9],
      ),
      period: table(`${key} period_ms`, [1, 1, 20], [1, 2, 20]),
      dense: table(key, [1, 1], [1, 2]),
    };
    const rows = await resultRows('attribution/device_session', given);
    expect(cells(rows, 'device_session serialNumber is_signal period_ms')).toEqual([
      [1, 'a', 1, 20],
      [2, 'a', 0, 20],
      [3, 'b', 0, null],
    ]);
  });
});
