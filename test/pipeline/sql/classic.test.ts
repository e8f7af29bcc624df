import { describe, expect, it } from 'vitest';
import { customer, modelRows, NOON, reading, sample } from '../lake.ts';

const emails = (rows: readonly Record<string, unknown>[]): unknown[] =>
  rows.map((row) => row['email'] ?? row['user']);

describe('classic customer_trusted', () => {
  it('holds the rows with a date of consent, and neither null nor 0 is one', async () => {
    const customers = [
      customer('given@x'),
      customer('absent@x', { shareWithResearchAsOfDate: null }),
      customer('zero@x', { shareWithResearchAsOfDate: 0 }),
    ];
    const rows = await modelRows('classic', { customers }, 'customer_trusted');
    expect(emails(rows)).toEqual(['given@x']);
  });

  it('keeps every version of a customer', async () => {
    const customers = [customer('a@x'), customer('a@x', { lastUpdateDate: NOON })];
    expect(await modelRows('classic', { customers }, 'customer_trusted')).toHaveLength(2);
  });
});

describe('classic accelerometer_trusted', () => {
  it('holds all samples of trusted customers, from before the consent too', async () => {
    const rows = await modelRows(
      'classic',
      {
        customers: [customer('a@x', { shareWithResearchAsOfDate: NOON })],
        accelerometer: [sample('a@x', NOON - 1), sample('a@x', NOON), sample('b@x', NOON)],
      },
      'accelerometer_trusted',
    );
    expect(rows).toEqual([sample('a@x', NOON - 1), sample('a@x', NOON)]);
  });

  it('repeats a sample for each customer with that e-mail', async () => {
    const customers = [customer('a@x'), customer('a@x', { registrationDate: NOON })];
    const accelerometer = [sample('a@x', NOON)];
    const rows = await modelRows('classic', { customers, accelerometer }, 'accelerometer_trusted');
    expect(rows).toHaveLength(2);
  });
});

describe('classic customer_curated', () => {
  it('holds distinct trusted customers that have samples', async () => {
    const rows = await modelRows(
      'classic',
      {
        customers: [customer('a@x'), customer('a@x'), customer('idle@x')],
        accelerometer: [sample('a@x', NOON), sample('a@x', NOON + 1)],
      },
      'customer_curated',
    );
    expect(rows).toEqual([customer('a@x')]);
  });
});

describe('classic step_trainer_trusted', () => {
  it('gives a reading once for each curated customer with its serial number', async () => {
    const rows = await modelRows(
      'classic',
      {
        customers: ['a@x', 'b@x'].map((email) => customer(email, { serialNumber: 's1' })),
        accelerometer: [sample('a@x', NOON), sample('b@x', NOON)],
        steps: [reading('s1', NOON), reading('s2', NOON)],
      },
      'step_trainer_trusted',
    );
    expect(rows).toEqual([reading('s1', NOON), reading('s1', NOON)]);
  });
});

describe('classic machine_learning_curated', () => {
  it('pairs by the timestamp alone, whoever moved', async () => {
    const rows = await modelRows(
      'classic',
      {
        customers: ['a@x', 'b@x'].map((email) =>
          customer(email, { serialNumber: `s of ${email}` }),
        ),
        accelerometer: [sample('a@x', NOON), sample('b@x', NOON), sample('b@x', NOON + 1)],
        steps: [reading('s of a@x', NOON)],
      },
      'machine_learning_curated',
    );
    const step = reading('s of a@x', NOON);
    expect(rows).toEqual([
      { ...step, ...sample('a@x', NOON) },
      { ...step, ...sample('b@x', NOON) },
    ]);
  });
});
