import { expect, test } from 'vitest';
import { formatKillSheet } from '../../../scenarios/mutants/kill-sheet-text.ts';
import { toKillSheet } from '../../../scenarios/mutants/kill-sheet.ts';
import type { KillSheet } from '../../../scenarios/mutants/kill-sheet.ts';
import type { Mutant } from '../../../scenarios/mutants/mutant.ts';
import type { FailedOracle, ScenarioVerdicts } from '../../../scenarios/mutants/verdicts.ts';

const failed = (...oracles: string[]): FailedOracle[] =>
  oracles.map((oracle) => ({ oracle, measured: 1, sentence: `${oracle} is wrong.` }));

const mutant = (id: string, base: Mutant['base'] = 'strict'): Mutant => ({
  id,
  title: `What ${id} does wrong`,
  base,
  breaks: { table: 'customer_trusted', rule: 'a rule' },
  edits: [],
});

const DIFFERENT = ['customer_trusted'] as const;
const FOUND: readonly ScenarioVerdicts[] = [
  {
    file: 'first',
    seed: 1,
    bases: [
      { pipeline: 'strict', failed: [] },
      { pipeline: 'classic', failed: failed('ml.pairing') },
    ],
    mutants: [
      { mutant: 'M01', differs: DIFFERENT, failed: failed('privacy.leaks', 'zones.missing') },
      { mutant: 'M02', differs: DIFFERENT, failed: [] },
      { mutant: 'M03', differs: [], failed: [] },
      { mutant: 'M04', differs: DIFFERENT, failed: failed('ml.pairing') },
    ],
  },
  {
    file: 'second',
    seed: 1,
    bases: [
      { pipeline: 'strict', failed: [] },
      { pipeline: 'classic', failed: [] },
    ],
    mutants: [
      { mutant: 'M01', differs: [], failed: [] },
      { mutant: 'M02', differs: [], failed: [] },
      { mutant: 'M03', differs: [], failed: [] },
      { mutant: 'M04', differs: DIFFERENT, failed: failed('ml.pairing') },
    ],
  },
];

test('a mutant is killed, survives, is equivalent, or was not tried', () => {
  const mutants = [mutant('M01'), mutant('M02'), mutant('M03'), mutant('M05')];
  const { verdict, mutants: rows } = toKillSheet(mutants, FOUND, 'catalogue');
  expect(rows.map(({ id, status }) => [id, status])).toEqual([
    ['M01', 'killed'],
    ['M02', 'survived'],
    ['M03', 'equivalent'],
    ['M05', 'untried'],
  ]);
  expect(verdict).toBe('fail');
});

test('only what its base passes kills a mutant', () => {
  const [row] = toKillSheet([mutant('M04', 'classic')], FOUND, 'catalogue').mutants;
  expect(row).toMatchObject({ status: 'killed', tried: 2, differs: 2 });
  expect(row?.kills.map(({ scenario }) => scenario)).toEqual(['second']);
});

test('it passes when every mutant is killed, and fails when strict does not pass itself', () => {
  expect(toKillSheet([mutant('M01')], FOUND, 'catalogue').verdict).toBe('pass');
  const unsound = FOUND.map((scenario) => ({
    ...scenario,
    bases: [{ pipeline: 'strict' as const, failed: failed('zones.missing') }],
  }));
  expect(toKillSheet([mutant('M01')], unsound, 'catalogue').verdict).toBe('fail');
  expect(toKillSheet([], FOUND, 'catalogue').verdict).toBe('fail');
});

test('what a scenario or an oracle alone notices is told', () => {
  const sheet = toKillSheet([mutant('M01'), mutant('M04', 'classic')], FOUND, 'catalogue');
  expect(sheet.scenarios).toEqual([
    { name: 'first', kills: ['M01'], alone: ['M01'] },
    { name: 'second', kills: ['M04'], alone: ['M04'] },
  ]);
  expect(sheet.oracles).toEqual([
    { name: 'ml.pairing', kills: ['M04'], alone: ['M04'] },
    { name: 'privacy.leaks', kills: ['M01'], alone: [] },
    { name: 'zones.missing', kills: ['M01'], alone: [] },
  ]);
});

test('what cannot be run is told, and fails the sheet; what could be run counts', () => {
  const gone = { file: 'third', seed: 1, bases: [], mutants: [], broken: 'The worker ended.' };
  const sheet = toKillSheet([mutant('M01')], [...FOUND, gone], 'catalogue');
  expect(sheet).toMatchObject({
    verdict: 'fail',
    broken: [{ scenario: 'third', seed: 1, why: 'The worker ended.' }],
    mutants: [{ status: 'killed', tried: 2 }],
  });
  const stale = { mutant: 'M01', differs: [], failed: [], broken: 'Its text is not there.' };
  const found = FOUND.map((scenario) => ({ ...scenario, mutants: [stale] }));
  const [row] = toKillSheet([mutant('M01')], found, 'chosen').mutants;
  expect(row).toMatchObject({ status: 'broken', broken: [{ scenario: 'first' }, {}] });
});

test('a mutant that is not killed fails the sheet of the catalogue, whatever else became of it', () => {
  const stale = { mutant: 'M06', differs: [], failed: [], broken: 'Its text is not there.' };
  const found = FOUND.map((scenario) => ({
    ...scenario,
    mutants: [...scenario.mutants, stale],
  }));
  const withKilled = (id: string): KillSheet =>
    toKillSheet([mutant('M01'), mutant(id)], found, 'catalogue');
  const ends = ['M02', 'M03', 'M05', 'M06'].map((id) => {
    const { verdict, mutants } = withKilled(id);
    return [mutants[0]?.status, mutants[1]?.status, verdict];
  });
  expect(ends).toEqual([
    ['killed', 'survived', 'fail'],
    ['killed', 'equivalent', 'fail'],
    ['killed', 'untried', 'fail'],
    ['killed', 'broken', 'fail'],
  ]);
  expect(toKillSheet([mutant('M01'), mutant('M06')], found, 'chosen').verdict).toBe('fail');
});

test('chosen scenarios need not exercise every mutant, and yet one has to be killed and none may survive', () => {
  const chosen = (...ids: string[]): KillSheet =>
    toKillSheet(
      ids.map((id) => mutant(id)),
      FOUND,
      'chosen',
    );
  const sheet = chosen('M01', 'M03', 'M05');
  expect(sheet.verdict).toBe('pass');
  expect(sheet.mutants.map(({ status }) => status)).toEqual(['killed', 'not exercised', 'untried']);
  expect(chosen('M03').verdict).toBe('fail');
  expect(chosen('M01', 'M02')).toMatchObject({ verdict: 'fail', survivors: ['M02'] });
  const text = formatKillSheet(sheet, { width: 80 });
  expect(text).toContain('M03  –           What M03 does wrong');
  expect(text).toContain('not exercised by these scenarios');
  expect(text).not.toContain('EQUIVALENT');
  expect(text.split('\n').at(-1)).toBe(
    'PASS: 1 of 3 mutants killed in 2 scenarios, 1 not exercised by them.',
  );
});

test('the text names survivors and ends with the verdict', () => {
  const text = formatKillSheet(toKillSheet([mutant('M01'), mutant('M02')], FOUND, 'catalogue'), {
    width: 80,
  });
  expect(text).toContain('M01  killed      What M01 does wrong');
  expect(text).toContain('in 1 of 1 scenario where it differs, by privacy.leaks, zones.missing');
  expect(text).toContain('M02  SURVIVED');
  expect(text.split('\n').at(-1)).toBe('FAIL: 1 of 2 mutants killed in 2 scenarios, 1 survived.');
});
