/** The named steps of the books: literal rows in, literal rows out. */
import { describe, expect, it } from 'vitest';
import { stepRows } from './model-step.ts';

const samples = ['a', 'a', 'b'].map((user) => ({ user, timeStamp: 5, x: 0, y: 0, z: 0 }));
const readings = ['s', 's', 't'].map((serialNumber) => ({
  serialNumber,
  sensorReadingTime: 5,
  distanceFromObject: 1,
}));
const customers = ['a', 'a', 'b'].map((email) => ({ email, serialNumber: `box of ${email}` }));
const ofEmails = { customer_landing: customers, customer_trusted: customers };

describe('classic/accelerometer_trusted', () => {
  it('samples per user, known addresses, customers per address', async () => {
    expect(
      await stepRows('accounting/classic/accelerometer_trusted', 'user_samples', {
        accelerometer_landing: samples,
      }),
    ).toEqual([
      { user: 'a', samples: 2 },
      { user: 'b', samples: 1 },
    ]);
    expect(
      await stepRows('accounting/classic/accelerometer_trusted', 'known_email', ofEmails),
    ).toEqual([{ email: 'a' }, { email: 'b' }]);
    expect(await stepRows('accounting/classic/accelerometer_trusted', 'partner', ofEmails)).toEqual(
      [
        { email: 'a', customers: 2 },
        { email: 'b', customers: 1 },
      ],
    );
  });

  it('fate: left out as a whole, or repeated once less than there are customers', async () => {
    const given = {
      user_samples: ['a', 'b', 'c'].map((user) => ({ user, samples: 10 })),
      known_email: [{ email: 'a' }, { email: 'b' }],
      partner: [{ email: 'a', customers: 3 }],
    };
    expect(await stepRows('accounting/classic/accelerometer_trusted', 'fate', given)).toEqual([
      { rule: 'no-research-consent', row_count: 10 },
      { rule: 'repeated', row_count: 20 },
      { rule: 'unknown-customer', row_count: 10 },
    ]);
  });
});

describe('classic/customer_curated', () => {
  it('sampled, kept, distinct_kept: customers with samples, and each of them once', async () => {
    const given = { accelerometer_trusted: samples.slice(0, 2), customer_trusted: customers };
    expect(await stepRows('accounting/classic/customer_curated', 'sampled', given)).toEqual([
      { user: 'a' },
    ]);
    expect(await stepRows('accounting/classic/customer_curated', 'kept', given)).toHaveLength(2);
    expect(
      await stepRows('accounting/classic/customer_curated', 'distinct_kept', given),
    ).toHaveLength(1);
  });
});

describe('classic/step_trainer_trusted', () => {
  it('readings per serial number, and who has it', async () => {
    expect(
      await stepRows('accounting/classic/step_trainer_trusted', 'serial_readings', {
        step_trainer_landing: readings,
      }),
    ).toEqual([
      { serialNumber: 's', readings: 2 },
      { serialNumber: 't', readings: 1 },
    ]);
    const boxes = [{ serialNumber: 'box of a' }, { serialNumber: 'box of b' }];
    expect(
      await stepRows('accounting/classic/step_trainer_trusted', 'known_serial', ofEmails),
    ).toEqual(boxes);
    expect(
      await stepRows('accounting/classic/step_trainer_trusted', 'trusted_serial', ofEmails),
    ).toEqual(boxes);
    expect(
      await stepRows('accounting/classic/step_trainer_trusted', 'partner', {
        customer_curated: customers,
      }),
    ).toEqual(boxes.map((box, index) => ({ ...box, customers: 2 - index })));
  });

  it('fate: the first of the rules that applies, or repeated', async () => {
    const serials = (...names: string[]) => names.map((serialNumber) => ({ serialNumber }));
    const given = {
      serial_readings: serials('r', 's', 't', 'u').map((row) => ({ ...row, readings: 10 })),
      known_serial: serials('r', 's', 't'),
      trusted_serial: serials('r', 's'),
      partner: [{ serialNumber: 'r', customers: 2 }],
    };
    expect(await stepRows('accounting/classic/step_trainer_trusted', 'fate', given)).toEqual([
      { rule: 'no-phone-samples', row_count: 10 },
      { rule: 'no-research-consent', row_count: 10 },
      { rule: 'repeated', row_count: 10 },
      { rule: 'unknown-customer', row_count: 10 },
    ]);
  });
});

describe('classic/machine_learning_curated', () => {
  it('rows per moment, and their fate', async () => {
    const given = { step_trainer_trusted: readings, accelerometer_trusted: samples };
    expect(
      await stepRows('accounting/classic/machine_learning_curated', 'reading_moment', given),
    ).toEqual([{ sensorReadingTime: 5, readings: 3 }]);
    expect(
      await stepRows('accounting/classic/machine_learning_curated', 'sample_moment', given),
    ).toEqual([{ timeStamp: 5, samples: 3 }]);
    const moments = {
      reading_moment: [5, 6].map((sensorReadingTime) => ({ sensorReadingTime, readings: 2 })),
      sample_moment: [{ timeStamp: 5, samples: 4 }],
    };
    expect(await stepRows('accounting/classic/machine_learning_curated', 'fate', moments)).toEqual([
      { rule: 'no-phone-sample-at-that-moment', row_count: 2 },
      { rule: 'repeated', row_count: 6 },
    ]);
  });
});

describe('strict', () => {
  const ruling = [
    { person: 'a', consents: 1 },
    { person: 'a', consents: 0 },
    { person: 'b', consents: 0 },
    { person: 'c', consents: 1 },
  ];
  const consent = { ruling_customer: ruling, person_consent: [{ person: 'c', consent_from: 7 }] };
  const rules = [
    { person: 'a', consent_from: null, any_consent: 1 },
    { person: 'b', consent_from: null, any_consent: 0 },
    { person: 'c', consent_from: 7, any_consent: 1 },
  ];

  it('person_rule: from when somebody consents, or whether one of several would', async () => {
    expect(
      await stepRows('accounting/strict/accelerometer_trusted', 'person_rule', consent),
    ).toEqual(rules);
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'person_rule', consent),
    ).toEqual(rules);
  });

  const fates = [
    'before-consent',
    'no-research-consent',
    'shared-email-without-consent',
    'unknown-customer',
    null,
  ].map((rule) => ({ rule }));

  it('fate and refused: the rule for each sample and reading, or none', async () => {
    const of = ['A', 'b', 'C', 'd'].map((user) => ({ user, timeStamp: 6 }));
    const landed = [...of, { user: 'c', timeStamp: 7 }];
    expect(
      await stepRows('accounting/strict/accelerometer_trusted', 'fate', {
        person_rule: rules,
        accelerometer_landing: landed,
      }),
    ).toEqual(fates);
    const attributed = landed.map(({ user, timeStamp }) => ({
      person: user.toLowerCase(),
      sensorReadingTime: timeStamp,
    }));
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'refused', {
        person_rule: rules,
        reading_person: attributed,
      }),
    ).toEqual(fates);
  });

  it('customers: each version once, and who is refused', async () => {
    expect(
      await stepRows('accounting/strict/customer_trusted', 'distinct_version', ofEmails),
    ).toHaveLength(2);
    expect(await stepRows('accounting/strict/customer_trusted', 'refused', consent)).toEqual([
      { rule: 'no-research-consent' },
      { rule: 'no-research-consent' },
      { rule: 'shared-email-without-consent' },
    ]);
    expect(
      await stepRows('accounting/strict/customer_curated', 'sampled', {
        accelerometer_trusted: [...samples, { user: 'A' }],
      }),
    ).toEqual([{ person: 'a' }, { person: 'b' }]);
  });

  it('distinct_customer: each customer of the feed once, under any spelling', async () => {
    const customer_landing = ['A', 'a', 'b'].map((email) => ({ email, registrationDate: 5 }));
    expect(
      await stepRows('accounting/strict/customer_trusted', 'distinct_customer', {
        customer_landing: [...customer_landing, { email: 'a', registrationDate: 6 }],
      }),
    ).toEqual([
      { person: 'a', registrationDate: 5 },
      { person: 'a', registrationDate: 6 },
      { person: 'b', registrationDate: 5 },
    ]);
  });
});

describe('strict/step_trainer_trusted', () => {
  const pair = (
    device_session: number,
    pair_id: number,
    first_reading: number,
    last_reading: number,
    kind = 'grid',
  ) => ({ device_session, pair_id, first_reading, last_reading, kind });
  /** 1 is wholly of one person, 2 in part, 3 of two at once, 4 of single moments, 5 of nobody. */
  const given = {
    accepted_pair: [
      pair(1, 1, 1_000, 9_000),
      pair(2, 2, 1_000, 4_000),
      pair(2, 3, 4_061, 8_000),
      pair(3, 4, 1_000, 4_000),
      pair(3, 5, 4_060, 9_000),
      pair(4, 6, 1_000, 9_000, 'moments'),
    ],
    device_session: [1, 2, 3, 4, 5].map((device_session) => ({
      device_session,
      readings: 4,
      first_reading: 970,
      last_reading: 9_030,
    })),
    session_outcome: [1, 2, 3, 4, 5].map((device_session) => ({
      device_session,
      outcome: device_session < 5 ? 'attributed' : 'ambiguous',
    })),
    step_reading: [1, 2, 3, 4, 5].flatMap((device_session) =>
      [970, 4_000, 8_031, 9_030].map((sensorReadingTime) => ({
        device_session,
        sensorReadingTime,
      })),
    ),
    reading_person: [1, 4, 4].map((device_session) => ({ device_session })),
  };

  it('mixed sessions, all of their readings, and those that are somebody’s', async () => {
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'mixed_session', given),
    ).toEqual([{ device_session: 4 }]);
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'mixed_readings', given),
    ).toEqual([{ readings: 4 }]);
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'mixed_attributed', given),
    ).toEqual([{ readings: 2 }]);
  });

  it('span, partial_session, beside: what no span covers that one phone has to itself', async () => {
    expect(await stepRows('accounting/strict/step_trainer_trusted', 'span', given)).toEqual([
      { device_session: 1, span_begin: 970, span_end: 9_030 },
      { device_session: 2, span_begin: 970, span_end: 4_030 },
      { device_session: 2, span_begin: 4_031, span_end: 8_030 },
    ]);
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'partial_session', given),
    ).toEqual([{ device_session: 2 }, { device_session: 3 }]);
    expect(await stepRows('accounting/strict/step_trainer_trusted', 'beside', given)).toEqual([
      { readings: 2 + 4 },
    ]);
  });
});

describe('strict/machine_learning_curated', () => {
  it('stamp_samples: how many trusted samples there are at each timestamp', async () => {
    const trusted_sample = [1, 1, 2].map((person_number, x) => ({
      person_number,
      timeStamp: 1_000,
      x,
    }));
    expect(
      await stepRows('accounting/strict/machine_learning_curated', 'stamp_samples', {
        trusted_sample,
      }),
    ).toEqual([
      { person_number: 1, timeStamp: 1_000, samples: 2 },
      { person_number: 2, timeStamp: 1_000, samples: 1 },
    ]);
  });

  it('reading: readings that a consent covers, by the time of the phone', async () => {
    const read = { device_session: 1, distanceFromObject: 7, person_number: 1 };
    const rows = await stepRows('accounting/strict/machine_learning_curated', 'reading', {
      reading_person: [
        { ...read, person: 'a', sensorReadingTime: 5, clock_offset_ms: -3 },
        { ...read, person: 'a', sensorReadingTime: 4, clock_offset_ms: -3 },
        { ...read, person: 'b', sensorReadingTime: 5, clock_offset_ms: -3 },
      ],
      person_consent: [{ person: 'a', consent_from: 5 }],
    });
    expect(rows).toEqual([{ ...read, sensorReadingTime: 5, phone_time: 8 }]);
  });

  it('beside, neighbour, nearest: the timestamps around each reading, the nearer, the earlier of two', async () => {
    const stamps = [65, 85, 105, 200].map((timeStamp) => ({
      person_number: 1,
      timeStamp,
      slice: Math.floor(timeStamp / 10),
    }));
    const given = {
      reading: [74, 95, 97, 120, 192].map((phone_time) => ({
        device_session: 1,
        sensorReadingTime: phone_time,
        distanceFromObject: 7,
        person_number: 1,
        phone_time,
      })),
      phone_stamp: [...stamps, { person_number: 2, timeStamp: 120, slice: 12 }],
    };
    const settings = { tolerance_ms: 10 };
    expect(await stepRows('accounting/strict/machine_learning_curated', 'beside', {})).toHaveLength(
      3,
    );
    expect(
      await stepRows('accounting/strict/machine_learning_curated', 'neighbour', given, {
        settings,
      }),
    ).toEqual([
      { person_number: 1, phone_time: 74, stamp_until: 65, stamp_after: null },
      { person_number: 1, phone_time: 95, stamp_until: 85, stamp_after: 105 },
      { person_number: 1, phone_time: 97, stamp_until: null, stamp_after: 105 },
      { person_number: 1, phone_time: 192, stamp_until: null, stamp_after: 200 },
    ]);
    expect(
      (
        await stepRows('accounting/strict/machine_learning_curated', 'nearest', given, {
          settings,
        })
      ).map(({ timeStamp }) => timeStamp),
    ).toEqual([65, 85, 105, 200]);
  });

  it('paired: readings whose nearest timestamp has trusted samples, and how many', async () => {
    const given = {
      nearest: [5, 6, 7].map((timeStamp) => ({ person_number: 1, timeStamp })),
      stamp_samples: [
        { person_number: 1, timeStamp: 5, samples: 3 },
        { person_number: 1, timeStamp: 6, samples: 1 },
        { person_number: 2, timeStamp: 7, samples: 9 },
      ],
    };
    expect(await stepRows('accounting/strict/machine_learning_curated', 'paired', given)).toEqual([
      { readings: 2, samples: 4 },
    ]);
  });
});
