import { describe, expect, it } from 'vitest';
import { NOON } from '../lake.ts';
import { resultRows, splitModel, stepRows } from './model-step.ts';

describe('the steps of a model', () => {
  it('are told apart whatever stands in their comments, texts and parentheses', () => {
    const sql = `-- One row per (thing.
WITH first AS (
  SELECT (1 + 2) AS n, ')' AS text -- :-)
),
-- Then, ( of course,
second AS (SELECT f.n FROM first f)
SELECT s.n FROM second s`;
    expect(splitModel(sql)).toEqual({
      steps: [
        { name: 'first', query: "SELECT (1 + 2) AS n, ')' AS text" },
        { name: 'second', query: 'SELECT f.n FROM first f' },
      ],
      result: 'SELECT s.n FROM second s',
    });
    expect(splitModel('-- One row.\nSELECT 1 AS n')).toEqual({
      steps: [],
      result: 'SELECT 1 AS n',
    });
  });

  it('run on given rows, and one that is given is not computed', async () => {
    const feed = { customer_landing: [{ email: 'Ann@x', registrationDate: NOON }] };
    const [version] = await stepRows('consent/ruling_customer', 'version', feed);
    expect(version).toMatchObject({ email: 'Ann@x', person: 'ann@x', consents: 0, phone: null });
    const given = { version: [{ ...version, person: 'bob@x' }] };
    expect(await stepRows('consent/ruling_customer', 'version', given)).toEqual(given.version);
    const [ranked] = await stepRows('consent/ruling_customer', 'ranked_version', given);
    expect(ranked).toEqual({ ...given.version[0], version_rank: 1 });
    expect(await resultRows('consent/ruling_customer', given)).toEqual(given.version);
  });

  it('run with the settings of the product, or with those of the test', async () => {
    const given = {
      person_customer: [{ person: 'ann@x', customers: 2, consenting: 1, last_date: NOON }],
    };
    expect(await resultRows('consent/person_consent', given)).toEqual([]);
    const settings = { consent_ever: 1 };
    expect(await resultRows('consent/person_consent', given, { settings })).toEqual([
      { person: 'ann@x', consent_from: 0 },
    ]);
  });

  it('must exist, and what they read must be given', async () => {
    await expect(stepRows('consent/ruling_customer', 'versions', {})).rejects.toThrow(
      'no step versions, but version, ranked_version',
    );
    await expect(stepRows('consent/ruling_customer', 'version', {})).rejects.toThrow(
      'customer_landing does not exist',
    );
  });

  it('read tables without rows by the columns of the catalog, or those that are said', async () => {
    expect(
      await resultRows(
        'strict/accelerometer_trusted',
        {
          accelerometer_landing: [],
          person_consent: [],
        },
        { columns: { person_consent: { person: 'VARCHAR', consent_from: 'BIGINT' } } },
      ),
    ).toEqual([]);
  });
});
