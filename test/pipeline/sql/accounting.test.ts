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

  it('readings of sessions by outcome, and readings with a partner', async () => {
    expect(
      await stepRows('accounting/strict/step_trainer_trusted', 'session_fate', {
        device_session: [1, 2, 3].map((device_session) => ({ device_session, readings: 10 })),
        session_outcome: ['attributed', 'ambiguous', 'unattributed'].map((outcome, index) => ({
          device_session: index + 1,
          outcome,
        })),
      }),
    ).toEqual([{ readings: 30, ambiguous: 10 }]);
    const given = { machine_learning_curated: readings };
    expect(
      await stepRows('accounting/strict/machine_learning_curated', 'paired_reading', given),
    ).toHaveLength(2);
    expect(await stepRows('accounting/strict/machine_learning_curated', 'paired', given)).toEqual([
      { readings: 2 },
    ]);
  });
});
