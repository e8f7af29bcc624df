import { describe, expect, it } from 'vitest';
import { headlineOf } from '../../../../dashboard/page/words/headline.ts';
import type { PolicyVerdict, TableVerdict, Verdict } from '../../../../dashboard/api.ts';

const NONE: TableVerdict = { rows: 0, due: 0, leaked: 0, wrong: 0, missing: 0 };

function verdictWith(
  ml: Partial<TableVerdict>,
  more: Partial<Omit<PolicyVerdict, 'tables'>> = {},
): Verdict {
  const of: PolicyVerdict = {
    tables: {
      customer_trusted: NONE,
      accelerometer_trusted: NONE,
      customer_curated: NONE,
      step_trainer_trusted: NONE,
      machine_learning_curated: { ...NONE, ...ml },
    },
    leaked: 0,
    misattributed: 0,
    mismatched: 0,
    rightPairs: 0,
    failure: undefined,
    ...more,
  };
  const truth = {
    steps: 0,
    samples: 0,
    landedSteps: 0,
    landedSamples: 0,
    peopleExercised: 0,
    peopleConsenting: 0,
    usableSteps: 0,
    usableSamples: 0,
  };
  return { cycle: 1, asOfMs: 0, tookMs: 1, truth, policies: { classic: of, strict: of } };
}

function sentenceOf(verdict: Verdict | undefined): string {
  return headlineOf(verdict, 'classic')
    .phrases.map(({ text }) => text)
    .join('');
}

describe('the headline', () => {
  it('waits while nothing is judged or the table is empty', () => {
    expect(headlineOf(undefined, 'strict').mood).toBe('waiting');
    expect(headlineOf(verdictWith({}), 'strict').mood).toBe('waiting');
  });

  it('tells of a pipeline that stopped before anything else', () => {
    const verdict = verdictWith({ rows: 10 }, { failure: 'out of memory', mismatched: 3 });
    expect(headlineOf(verdict, 'classic').mood).toBe('wrong');
    expect(sentenceOf(verdict)).toBe('The classic pipeline stopped: out of memory');
  });

  it('tells what share of rows has the phone of somebody else', () => {
    const verdict = verdictWith({ rows: 100 }, { mismatched: 43, rightPairs: 50 });
    expect(sentenceOf(verdict)).toBe(
      'What the ML table believes: 43% of its rows pair a step with somebody else’s phone.',
    );
  });

  it('tells rows of the right person at a wrong moment from those that should not be there', () => {
    expect(sentenceOf(verdictWith({ rows: 1_200 }, { rightPairs: 1_190 }))).toBe(
      'What the ML table believes: 10 of its 1,200 rows have the right person, but not the right moment.',
    );
  });

  it('counts rows that should not be there when all phones are right', () => {
    const verdict = verdictWith({ rows: 1_200, leaked: 12 }, { rightPairs: 1_188 });
    expect(sentenceOf(verdict)).toBe(
      'What the ML table believes: 12 of its 1,200 rows should not be there.',
    );
  });

  it('tells of leaks in other tables beside a table that is right', () => {
    const verdict = verdictWith({ rows: 5 }, { rightPairs: 5, leaked: 7 });
    expect(headlineOf(verdict, 'classic').mood).toBe('wrong');
    expect(sentenceOf(verdict)).toContain('7 rows of other tables');
  });

  it.each([
    [0, 'all of its 2,000 rows pair a step with the right phone.'],
    [5, 'all of its 2,000 rows pair a step with the right phone.'],
    [100, 'the right phone. But 5% of what is due is missing.'],
  ])('says that it is right; with %i missing: …%s', (missing, end) => {
    const verdict = verdictWith({ rows: 2_000, due: 2_000, missing }, { rightPairs: 2_000 });
    expect(headlineOf(verdict, 'classic').mood).toBe('right');
    expect(sentenceOf(verdict).endsWith(end)).toBe(true);
  });
});
