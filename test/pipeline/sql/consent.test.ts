import { describe, expect, it } from 'vitest';
import { customer, modelRows, NOON } from '../lake.ts';
import type { Row } from '../lake.ts';

const HOUR = 3_600_000;

const consents = async (...customers: Row[]): Promise<unknown[]> => {
  const rows = await modelRows('strict', { customers }, 'person_consent');
  return rows.map((row) => [row['person'], row['consent_from']]);
};

describe('ruling_customer', () => {
  it('is the version with the greatest update date, whatever the order of the rows', async () => {
    const versions = [2, 3, 1].map((hours) =>
      customer('a@x', { lastUpdateDate: NOON + hours * HOUR, phone: `version ${hours}` }),
    );
    const rows = await modelRows('strict', { customers: versions }, 'ruling_customer');
    expect(rows.map((row) => row['phone'])).toEqual(['version 3']);
  });

  it('keeps customers apart who registered at different times with one e-mail', async () => {
    const customers = [customer('a@x'), customer('a@x', { registrationDate: NOON })];
    expect(await modelRows('strict', { customers }, 'ruling_customer')).toHaveLength(2);
  });

  it('is the more restrictive of two versions with the same date', async () => {
    const versions = [NOON, null, NOON + HOUR].map((date) =>
      customer('a@x', { shareWithResearchAsOfDate: date }),
    );
    const [none] = await modelRows('strict', { customers: versions }, 'ruling_customer');
    expect(none?.['shareWithResearchAsOfDate']).toBeNull();
    const [later] = await modelRows(
      'strict',
      { customers: versions.filter((version) => version['shareWithResearchAsOfDate'] !== null) },
      'ruling_customer',
    );
    expect(later?.['shareWithResearchAsOfDate']).toBe(NOON + HOUR);
  });
});

describe('person_consent', () => {
  it('counts from the date of the ruling version', async () => {
    const first = customer('a@x', { shareWithResearchAsOfDate: NOON });
    const second = {
      ...first,
      lastUpdateDate: NOON + HOUR,
      shareWithResearchAsOfDate: NOON + HOUR,
    };
    expect(await consents(first, second)).toEqual([['a@x', NOON + HOUR]]);
  });

  it.each([null, 0])('ends with a withdrawal, written as %s', async (withdrawn) => {
    const given = customer('a@x');
    const taken = { ...given, lastUpdateDate: NOON, shareWithResearchAsOfDate: withdrawn };
    expect(await consents(given, taken)).toEqual([]);
  });

  it('ends with a withdrawal under another spelling of the address', async () => {
    const taken = customer('ANN@x', { lastUpdateDate: NOON, shareWithResearchAsOfDate: null });
    expect(await consents(customer('ann@x'), taken)).toEqual([]);
  });

  it('is given under another spelling of the address as well', async () => {
    const refused = customer('ann@x', { shareWithResearchAsOfDate: null });
    const given = customer('ANN@x', { lastUpdateDate: NOON, shareWithResearchAsOfDate: NOON });
    expect(await consents(refused, given)).toEqual([['ann@x', NOON]]);
  });

  it('comes back when somebody consents again', async () => {
    const given = customer('a@x');
    const taken = { ...given, lastUpdateDate: NOON, shareWithResearchAsOfDate: null };
    const again = { ...given, lastUpdateDate: NOON + HOUR, shareWithResearchAsOfDate: NOON + HOUR };
    expect(await consents(given, taken, again)).toEqual([['a@x', NOON + HOUR]]);
  });

  it('needs all who share an address, and takes the latest of their dates', async () => {
    const one = customer('a@x', { shareWithResearchAsOfDate: NOON });
    const namesake = { ...one, registrationDate: NOON - 2 * HOUR };
    const late = { ...namesake, shareWithResearchAsOfDate: NOON + HOUR };
    const refusing = { ...namesake, shareWithResearchAsOfDate: null };
    expect(await consents(one, late)).toEqual([['a@x', NOON + HOUR]]);
    expect(await consents(one, refusing)).toEqual([]);
  });
});
