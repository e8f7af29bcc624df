/** Whose each reading is, once it is known who moved with what: literal rows in, literal rows out, for every named step. */
import { describe, expect, it } from 'vitest';
import { cells, table } from './literal-rows.ts';
import { resultRows, stepRows } from './model-step.ts';

const READING = 'device_session sensorReadingTime distanceFromObject';
/** Types of columns without rows; the others are BIGINT. */
const TYPES: Readonly<Record<string, string>> = {
  person: 'VARCHAR',
  other_person: 'VARCHAR',
  distanceFromObject: 'INTEGER',
  posterior: 'DOUBLE',
  mean_gap_ms: 'DOUBLE',
};

describe('attribution/reading_person', () => {
  it('whole_pair: of whole sessions, unless another pair was accepted in the same span', async () => {
    const accepted_pair = table(
      'pair_id device_session person kind first_reading last_reading clock_offset_ms posterior',
      [1, 1, 'ann@x', 'steps', 0, 1_000, 5, 0.999],
      [2, 1, 'bob@x', 'signal', 1_061, 2_000, 5, 0.999],
      [3, 2, 'ann@x', 'steps', 0, 1_000, 5, 0.999],
      [4, 2, 'bob@x', 'steps', 1_060, 2_000, 5, 0.999],
      [5, 3, 'cem@x', 'steps', 0, 1_000, 5, 0.999],
      [6, 3, 'bob@x', 'moments', 500, 600, 5, 0.999],
      [7, 4, 'dan@x', 'moments', 0, 1_000, 5, 0.999],
    );
    const rows = await stepRows('attribution/reading_person', 'whole_pair', { accepted_pair });
    expect(cells(rows, 'device_session person first_reading last_reading')).toEqual([
      [1, 'ann@x', 0, 1_000],
      [1, 'bob@x', 1_061, 2_000],
    ]);
  });

  it('moment_accepted: those that only moments told', async () => {
    const accepted_pair = table(
      'device_session phone_session person kind clock_offset_ms matches mean_residual_ms posterior',
      [1, 1, 'ann@x', 'steps', 5, 9, 1.5, 0.999],
      [2, 2, 'ann@x', 'moments', 6, 8, 2.5, 0.998],
    );
    const rows = await stepRows('attribution/reading_person', 'moment_accepted', { accepted_pair });
    expect(rows).toEqual([
      {
        device_session: 2,
        phone_session: 2,
        person: 'ann@x',
        clock_offset_ms: 6,
        matches: 8,
        mean_residual_ms: 2.5,
        posterior: 0.998,
      },
    ]);
  });

  it('phone_gap: the mean gap of sessions that have any', async () => {
    const phone_session = table(
      'phone_session first_stamp last_stamp stamps',
      [1, 100, 1_101, 3],
      [2, 100, 100, 1],
    );
    const rows = await stepRows('attribution/reading_person', 'phone_gap', { phone_session });
    expect(rows).toEqual([{ phone_session: 1, mean_gap_ms: 500.5 }]);
  });

  it('supported_claim: those no worse than usual, and how far from the others of the pair', async () => {
    const given = {
      claim: table(
        `${READING} phone_session residual_ms`,
        [1, 0, 9, 1, 5],
        [1, 400, 9, 1, 5.5],
        [1, 1_000, 9, 1, 0],
        [1, 1_100, 9, 2, 0],
        [1, 1_700, 9, 1, 0],
        [1, 1_800, 9, 3, 0],
      ),
      moment_accepted: table(
        'device_session phone_session person clock_offset_ms posterior mean_residual_ms',
        [1, 1, 'ann@x', 5, 0.999, 1],
        [1, 2, 'bob@x', 6, 0.998, 1],
      ),
      phone_gap: table('phone_session mean_gap_ms', [1, 500], [2, 400], [3, 300]),
    };
    const rows = await stepRows('attribution/reading_person', 'supported_claim', given);
    expect(cells(rows, 'sensorReadingTime person mean_gap_ms since_ms until_ms')).toEqual([
      [0, 'ann@x', 500, null, 1_000],
      [1_000, 'ann@x', 500, 1_000, 700],
      [1_100, 'bob@x', 400, null, null],
      [1_700, 'ann@x', 500, 700, null],
    ]);
  });

  it('supported: readings with another beside them or others around, and whether two people have one', async () => {
    const supported_claim = table(
      `${READING} person clock_offset_ms posterior mean_gap_ms since_ms until_ms`,
      [1, 1, 9, 'ann@x', 5, 0.999, 100, 150, null],
      [1, 2, 9, 'ann@x', 5, 0.999, 100, 151, 401],
      [1, 3, 9, 'ann@x', 5, 0.999, 100, null, 150],
      [1, 4, 9, 'ann@x', 5, 0.999, 100, 400, 400],
      [1, 5, 9, 'ann@x', 5, 0.999, 100, 400, null],
      [1, 6, 9, 'ann@x', 5, 0.999, 100, 100, 100],
      [1, 6, 9, 'bob@x', 7, 0.998, 100, 100, 100],
      [1, 7, 9, 'ann@x', 5, 0.999, 100, null, null],
    );
    const rows = await stepRows('attribution/reading_person', 'supported', { supported_claim });
    expect(cells(rows, 'sensorReadingTime person other_person')).toEqual([
      [1, 'ann@x', 'ann@x'],
      [3, 'ann@x', 'ann@x'],
      [4, 'ann@x', 'ann@x'],
      [6, 'ann@x', 'bob@x'],
    ]);
  });

  it('stretch: from the first reading that only this person has to the last', async () => {
    const supported = table(
      'device_session sensorReadingTime person other_person',
      [1, 1, 'ann@x', 'bob@x'],
      [1, 2, 'ann@x', 'ann@x'],
      [1, 9, 'ann@x', 'ann@x'],
      [1, 5, 'bob@x', 'bob@x'],
      [1, 10, 'ann@x', 'bob@x'],
    );
    const rows = await stepRows('attribution/reading_person', 'stretch', { supported });
    expect(cells(rows, 'device_session person first_reading last_reading')).toEqual([
      [1, 'ann@x', 2, 9],
      [1, 'bob@x', 5, 5],
    ]);
  });

  it('sole_person: who explains three quarters of a session that nobody else has a part of', async () => {
    const given = {
      moment_accepted: table(
        'device_session phone_session person matches',
        [1, 1, 'ann@x', 5],
        [1, 2, 'ann@x', 10],
        [2, 3, 'ann@x', 14],
        [3, 4, 'ann@x', 18],
        [3, 5, 'bob@x', 2],
      ),
      device_session: table('device_session readings', [1, 20], [2, 20], [3, 20]),
    };
    const rows = await stepRows('attribution/reading_person', 'sole_person', given);
    expect(cells(rows, 'device_session person')).toEqual([[1, 'ann@x']]);
  });

  it('unsupported: readings of such a session that nothing supports', async () => {
    const given = {
      step_reading: table(READING, [1, 1, 9], [1, 1, 8], [1, 2, 9], [2, 1, 9]),
      sole_person: table('device_session person', [1, 'ann@x']),
      supported: table(READING, [1, 1, 9], [2, 2, 9]),
    };
    const rows = await stepRows('attribution/reading_person', 'unsupported', given);
    expect(cells(rows, `${READING} person`)).toEqual([
      [1, 1, 8, 'ann@x'],
      [1, 2, 9, 'ann@x'],
    ]);
  });

  const typed = (columns: string): Record<string, string> =>
    Object.fromEntries(columns.split(' ').map((name) => [name, TYPES[name] ?? 'BIGINT']));
  const types = {
    whole_pair: typed('device_session person clock_offset_ms posterior first_reading last_reading'),
    supported: typed(`${READING} person other_person clock_offset_ms posterior`),
    unsupported: typed(`${READING} person`),
    step_reading: typed(READING),
    moment_accepted: typed('device_session phone_session clock_offset_ms posterior'),
    phone_session: typed('phone_session first_stamp last_stamp'),
    phone_gap: typed('phone_session mean_gap_ms'),
    stretch: typed('device_session person first_reading last_reading'),
    phone_stamp: typed('phone_session timeStamp'),
  };
  const unused = Object.fromEntries(Object.keys(types).map((name) => [name, table('')]));
  const options = { columns: types };

  it('attributed: all readings of the span of a whole pair, a little around it included', async () => {
    const given = {
      ...unused,
      whole_pair: table(
        'device_session person clock_offset_ms posterior first_reading last_reading',
        [1, 'ann@x', 5, 0.999, 100, 200],
      ),
      step_reading: table(READING, ...[69, 70, 150, 230, 231].map((ms) => [1, ms, 9]), [2, 150, 9]),
    };
    const rows = await stepRows('attribution/reading_person', 'attributed', given, options);
    expect(cells(rows, 'sensorReadingTime person')).toEqual([
      [70, 'ann@x'],
      [150, 'ann@x'],
      [230, 'ann@x'],
    ]);
  });

  it('attributed: supported readings that one person has', async () => {
    const given = {
      ...unused,
      supported: table(
        `${READING} person other_person clock_offset_ms posterior`,
        [1, 100, 9, 'ann@x', 'ann@x', 5, 0.999],
        [1, 200, 9, 'ann@x', 'bob@x', 5, 0.999],
      ),
    };
    const rows = await stepRows('attribution/reading_person', 'attributed', given, options);
    expect(cells(rows, `${READING} person clock_offset_ms posterior`)).toEqual([
      [1, 100, 9, 'ann@x', 5, 0.999],
    ]);
  });

  it('attributed: others of the stretch for which the phone is silent, or only just off', async () => {
    const at = { silent: 11_000, justOff: 12_010, walksElsewhere: 13_311, outside: 21_501 };
    const given = {
      ...unused,
      unsupported: Object.values(at).map((sensorReadingTime) => ({
        device_session: 1,
        sensorReadingTime,
        distanceFromObject: 9,
        person: 'ann@x',
      })),
      moment_accepted: table(
        'device_session phone_session clock_offset_ms posterior',
        [1, 1, 10_000, 0.999],
      ),
      phone_session: table('phone_session first_stamp last_stamp', [1, 0, 90_000]),
      phone_gap: table('phone_session mean_gap_ms', [1, 1_000]),
      stretch: table('device_session person first_reading last_reading', [
        1,
        'ann@x',
        10_000,
        20_000,
      ]),
      phone_stamp: [0, 400, 1_600, 2_000, 3_300, 4_000].map((timeStamp) => ({
        phone_session: 1,
        timeStamp,
      })),
    };
    const rows = await stepRows('attribution/reading_person', 'attributed', given, options);
    expect(cells(rows, 'sensorReadingTime')).toEqual([[at.silent]]);
    const phone_stamp = given.phone_stamp.filter(({ timeStamp }) => timeStamp !== 1_600);
    const fewer = { ...given, phone_stamp };
    const more = await stepRows('attribution/reading_person', 'attributed', fewer, options);
    expect(cells(more, 'sensorReadingTime')).toEqual([[at.silent], [at.justOff]]);
  });

  it('spelling: how the phones of a person spell the address, the first of several', async () => {
    const phone_session = table(
      'person person_number phone_user',
      ['ann@x', 1, 'ann@x'],
      ['ann@x', 1, 'Ann@x'],
      ['bob@x', 2, 'bob@x'],
    );
    const rows = await stepRows('attribution/reading_person', 'spelling', { phone_session });
    expect(cells(rows, 'person person_number phone_user')).toEqual([
      ['ann@x', 1, 'Ann@x'],
      ['bob@x', 2, 'bob@x'],
    ]);
  });

  it('names the device, the person, and how the phone spells the address', async () => {
    const given = {
      attributed: table(`${READING} person clock_offset_ms posterior`, [
        1,
        100,
        9,
        'ann@x',
        5,
        0.999,
      ]),
      device_session: table('device_session serialNumber device_number', [1, 'box', 4]),
      spelling: table('person person_number phone_user', ['ann@x', 7, 'Ann@x']),
    };
    const rows = await resultRows('attribution/reading_person', given);
    const columns = 'serialNumber person phone_user posterior device_session device_number';
    expect(cells(rows, `${columns} person_number`)).toEqual([
      ['box', 'ann@x', 'Ann@x', 0.999, 1, 4, 7],
    ]);
  });
});
