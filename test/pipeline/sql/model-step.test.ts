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

  it('run on given rows, with settings of the test, and one that is given is not computed', async () => {
    const sent = [0, 10, 31].map((ms) => ({ user: 'Ann@x', timeStamp: NOON + ms }));
    const settings = { silence_ms: 20 };
    const given = { accelerometer_landing: sent };
    const marked = await stepRows('attribution/phone_sample', 'marked', given, { settings });
    expect(marked).toEqual(
      [1, 0, 1].map((begins, index) => ({
        person: 'ann@x',
        phone_user: 'Ann@x',
        timeStamp: sent[index]?.timeStamp,
        begins,
      })),
    );
    const stamp = [{ person: 'bob@x', phone_user: 'bob@x', timeStamp: NOON }];
    expect(await stepRows('attribution/phone_sample', 'marked', { stamp })).toEqual([
      { ...stamp[0], begins: 1 },
    ]);
    expect(await resultRows('attribution/phone_sample', { stamp })).toEqual([
      { ...stamp[0], session_number: 1 },
    ]);
  });

  it('must exist, and what they read must be given', async () => {
    await expect(stepRows('attribution/phone_sample', 'stamps', {})).rejects.toThrow(
      'no step stamps, but stamp, marked',
    );
    await expect(stepRows('attribution/phone_sample', 'stamp', {})).rejects.toThrow(
      'accelerometer_landing does not exist',
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
