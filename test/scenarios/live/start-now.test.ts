import { expect, test } from 'vitest';
import { startNow } from '../../../scenarios/live/start-now.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';

const NOW_MS = Date.parse('2026-11-23T10:00:00.700Z');

test('a scenario of the catalogue begins with the second that it is, and as it was written apart from that', async () => {
  const { plan, written } = await startNow('demo', { nowMs: NOW_MS });
  expect(plan).toMatchObject({ mode: 'live', speed: 1, seed: 1 });
  expect(plan.world.startMs).toBe(Date.parse('2026-11-23T10:00:00Z'));
  expect(written).toMatchObject({ version: 1, world: { start: '2022-06-20T09:00:00Z' } });
});

test('who walks when does not depend on the beginning', async () => {
  const [early, late] = await Promise.all(
    [0, 86_400_000].map(async (laterMs) => {
      const { plan } = await startNow('one-person-walks', { seed: 4, nowMs: NOW_MS + laterMs });
      const { people, boxes, spec } = drawWorld(plan.world, seededStreams(plan.seed));
      const times = people.map(({ sessions }) =>
        sessions.map(({ startMs }) => startMs - spec.startMs),
      );
      return { times, boxes };
    }),
  );
  expect(early).toEqual(late);
});
