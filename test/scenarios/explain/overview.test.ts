import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainOracle } from '../../../scenarios/explain/explain-oracle.ts';
import { formatOracle, formatOverview } from '../../../scenarios/explain/format-overview.ts';
import { explainRun } from '../../../scenarios/explain/overview.ts';
import { makeRun } from './explained-run.ts';
import type { ExplainedRun } from './explained-run.ts';

const STYLE = { width: 90, color: false };
let made: ExplainedRun;
beforeAll(async () => {
  made = await makeRun('classic');
}, 60_000);
afterAll(() => made.remove());

test('an overview has the oracles that failed and an example of every end', async () => {
  const overview = await explainRun(made.run);
  expect(overview).toMatchObject({ verdict: 'fail', seed: 1, pipeline: 'classic' });
  expect(overview.failed.map(({ id }) => id)).toEqual(['consent.date']);
  expect(overview.passed).toEqual(['landing.lost', 'attribution.precision']);
  for (const { bin, readings, example } of overview.bins) {
    expect(made.ledger.entries[example]?.bin).toBe(bin);
    expect(made.ledger.entries.filter((entry) => entry.bin === bin)).toHaveLength(readings);
  }
  const text = formatOverview(overview, STYLE);
  expect(text).toContain('failed: 1 of 3 oracles failed');
  expect(text).toContain('--oracle consent.date');
});

describe('an oracle', () => {
  test('that was asked is told with its rows, each beside the truth', async () => {
    const told = await explainOracle(made.run, 'consent.date');
    expect(told).toMatchObject({ verdict: 'fail', limit: { max: 0 }, margin: -told.measured });
    expect(told.offenders).toHaveLength(20);
    expect(told.offenders[0]?.truth).toContain('Person 0 made it at');
    const text = formatOracle(told, STYLE);
    expect(text).toContain('20. ');
    expect(text).not.toContain('@mail.example');
  });

  test('that was not asked is asked now', async () => {
    const told = await explainOracle(made.run, 'landing.silent');
    expect(told).toMatchObject({ measured: 0, unit: 'lines' });
    expect(told.chances).toBeGreaterThan(0);
    expect(told).not.toHaveProperty('verdict');
    expect(formatOracle(told, STYLE)).toMatch(/the scenario\s+does not ask this oracle/);
  });

  test('that needs a second run says so', async () => {
    await expect(explainOracle(made.run, 'zones.idempotence')).rejects.toMatchObject({
      code: 'RUN_STALE',
    });
  });

  test('that does not exist is answered with the one that is meant', async () => {
    await expect(explainOracle(made.run, 'ml.paring')).rejects.toThrow(
      'Did you mean "ml.pairing"?',
    );
  });
});
