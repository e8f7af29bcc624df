import { expect, it } from 'vitest';
import { POINTS_MAX, withVerdict } from '../../../../dashboard/page/charts/verdict-history.ts';
import type { HistoryPoint } from '../../../../dashboard/page/charts/verdict-history.ts';
import { actedVerdict } from '../../acted-verdict.ts';

const HEARING = { cycle: 1, elapsedMs: 60_000, people: 50, consenting: 25, isBug: true };

it('takes in rows of both policies that are not right', () => {
  const verdict = actedVerdict({ ...HEARING, atMs: 5_000 });
  const { classic, strict } = verdict.policies;
  expect(withVerdict([], verdict)).toEqual([
    {
      atSeconds: 5,
      wrong: {
        classic: classic.tables.machine_learning_curated.rows - classic.rightPairs,
        strict: strict.tables.machine_learning_curated.rows - strict.rightPairs,
      },
    },
  ]);
  expect(withVerdict([], verdict)[0]?.wrong.classic).toBeGreaterThan(0);
});

it('tells no verdict twice: a page that comes back gets the last one again', () => {
  const verdict = actedVerdict({ ...HEARING, atMs: 5_000 });
  const history = withVerdict([], verdict);
  expect(withVerdict(history, verdict)).toEqual(history);
});

it('thins out when it is full, and keeps the beginning and the newest', () => {
  let history: HistoryPoint[] = [];
  for (let cycle = 1; cycle <= 3 * POINTS_MAX; cycle += 1) {
    history = withVerdict(history, actedVerdict({ ...HEARING, atMs: 1_000 * cycle }));
    expect(history.length).toBeLessThanOrEqual(POINTS_MAX);
  }
  expect(history[0]?.atSeconds).toBe(1);
  expect(history.at(-1)?.atSeconds).toBe(3 * POINTS_MAX);
});
