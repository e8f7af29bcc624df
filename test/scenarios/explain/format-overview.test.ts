import { expect, test } from 'vitest';
import { formatOracle, formatOverview } from '../../../scenarios/explain/format-overview.ts';
import type { OracleExplanation } from '../../../scenarios/explain/explain-oracle.ts';
import type { RunOverview } from '../../../scenarios/explain/overview.ts';

const STYLE = { width: 80, color: false };
const ODD = "runs/it's #2";

const OVERVIEW: RunOverview = {
  run: ODD,
  name: 'Somebody walks',
  seed: 7,
  pipeline: 'strict',
  verdict: 'fail',
  failed: [
    {
      id: 'landing.lost',
      sentence: '2 of 9 readings are lost.',
      measured: 2,
      unit: 'readings',
      limit: { max: 0 },
      margin: -2,
      chances: 9,
      offenders: 2,
      example: 4,
    },
  ],
  passed: ['landing.unsent'],
  bins: [{ bin: 'lost', label: 'Lost', readings: 2, example: 4 }],
  repro: 'npx stedi run one-person-walks --seed 7',
};

const ORACLE: OracleExplanation = {
  run: 'one-seed7',
  oracle: 'zones.duplicates',
  title: 'No row stands in a zone twice',
  measured: 3,
  unit: 'rows',
  chances: 9,
  sentence: '3 rows of the zones repeat another row.',
  offenders: [
    {
      table: 'step_trainer_trusted',
      row: { distance: 1 },
      truth: 'T.',
      readings: [4],
      people: [],
      steps: [],
      times: 3,
    },
    {
      table: 'customer_trusted',
      row: { email: 'e-mail of person 1' },
      truth: 'U.',
      readings: [],
      people: [],
      steps: [],
    },
  ],
};

test('an overview has what failed, and commands that a shell takes whatever the run is called', () => {
  const text = formatOverview(OVERVIEW, STYLE);
  expect(text).toContain('failed: 1 of 2 oracles failed');
  expect(text).toContain(String.raw`npx stedi explain 'runs/it'\''s #2' 4`);
  expect(text).toContain(String.raw`npx stedi explain 'runs/it'\''s #2' --oracle landing.lost`);
});

test('offenders are told with how often, and the reading to explain next', () => {
  const text = formatOracle(ORACLE, STYLE);
  expect(text).toContain('measured 3 rows, 9 chances; the scenario does not ask this oracle');
  expect(text).toContain('1. step_trainer_trusted (3 times)\n   Row: distance 1\n   Truth: T.');
  expect(text).toContain('2. customer_trusted\n   Row: email e-mail of person 1');
  expect(text.match(/npx stedi explain/g)).toHaveLength(1);
  expect(text).toContain('npx stedi explain one-seed7 4');
});

test('an oracle without offenders says so', () => {
  const kept = { ...ORACLE, verdict: 'pass', limit: { max: 5 }, margin: 2, offenders: [] } as const;
  const text = formatOracle(kept, STYLE);
  expect(text).toContain('pass: measured 3 rows');
  expect(text).toContain('It names no row.');
});

test('an oracle that complains about more than is told says of how many', () => {
  const second = ORACLE.offenders.slice(1, 2);
  const all = formatOracle({ ...ORACLE, offendersTotal: 4 }, STYLE);
  expect(all).not.toContain(' of 4 rows:');
  const cut = formatOracle({ ...ORACLE, offendersTotal: 1_350 }, STYLE);
  expect(cut).toContain('\n\n2 of 1,350 rows:\n\n1. step_trainer_trusted');
  const many = formatOracle(
    { ...ORACLE, offenders: Array.from({ length: 20 }, () => second).flat() },
    STYLE,
  );
  expect(many).toContain('The first 20; there may be more:');
});
