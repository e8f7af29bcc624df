import { describe, expect, test } from 'vitest';
import {
  PRIVACY_PERSONAL_DATA,
  PRIVACY_QUARANTINE,
} from '../../../scenarios/oracles/personal-data.ts';
import { ANN, EMPTY_ZONES, emailOf, evidenceWith, RIGHT_ZONES, serialOf } from '../small-world.ts';

const right = RIGHT_ZONES;

describe('privacy.personalData', () => {
  const rows = right.machine_learning_curated;

  test('finds nothing in the right table: a serial number alone is not personal', () => {
    const found = PRIVACY_PERSONAL_DATA.measure(evidenceWith());
    expect(found).toMatchObject({ measured: 0, chances: rows.length });
    expect(rows[0]).toHaveProperty('serialNumber', serialOf(ANN));
  });

  test.each([
    ['a column with a personal name', { email: null }],
    ['such a name in other letters', { EMAIL: null }],
    ['the name that phones use for an e-mail', { user: null }],
    ['a personal value in other letters', { device: emailOf(ANN).toUpperCase() }],
    ['a personal value under a harmless name', { device: emailOf(ANN) }],
    ['the telephone number of somebody else', { code: '8015550101' }],
  ])('counts %s', (_, column) => {
    const zones = { machine_learning_curated: rows.map((row) => ({ ...row, ...column })) };
    expect(PRIVACY_PERSONAL_DATA.measure(evidenceWith({ zones }))).toMatchObject({
      measured: 1,
      chances: rows.length,
    });
  });

  test('counts a column whose only personal value stands in its last row', () => {
    const last = rows.map((row, index) => ({
      ...row,
      note: index === rows.length - 1 ? 'Ann Walker' : '',
    }));
    const evidence = evidenceWith({ zones: { machine_learning_curated: last } });
    expect(PRIVACY_PERSONAL_DATA.measure(evidence)).toMatchObject({ measured: 1 });
  });

  test('has no chance in an empty table', () => {
    const evidence = evidenceWith({ zones: EMPTY_ZONES });
    expect(PRIVACY_PERSONAL_DATA.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('privacy.quarantine', () => {
  const told = (text: string) => evidenceWith({ told: [{ place: 'quarantine', text }] });

  test.each([
    ['garbled-line STL-FRAME-003 memory:ttySTEDI0 50', 0],
    ['line 3 of ann@mail.example is cut off', 1],
    ['date=2022-06-18/ANN WALKER.json', 1],
    ['born on 1960-01-01', 1],
    ['8015550100 sent it', 1],
  ])('holds %j against the run %i times', (text, measured) => {
    expect(PRIVACY_QUARANTINE.measure(told(text))).toMatchObject({ measured, chances: 1 });
  });

  test('shows the text without the identity in it', () => {
    const { offenders } = PRIVACY_QUARANTINE.measure(told('line 3 of Ann@mail.example is cut off'));
    expect(offenders[0]?.row).toEqual({ text: 'line 3 of … is cut off' });
  });

  test('has no chance where nothing was told', () => {
    expect(PRIVACY_QUARANTINE.measure(evidenceWith())).toMatchObject({ chances: 0 });
  });
});
