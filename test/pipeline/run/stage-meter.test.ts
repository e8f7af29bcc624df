import { expect, it } from 'vitest';
import { StageMeter } from '../../../pipeline/run/stage-meter.ts';

it('measures stages in their order, and not those that fail', async () => {
  const meter = new StageMeter();
  expect(await meter.measure('load', () => Promise.resolve(7))).toBe(7);
  await meter.measure(
    'make',
    () => Promise.resolve(3),
    (rows) => rows,
  );
  await expect(meter.measure('audit', () => Promise.reject(new TypeError('x')))).rejects.toThrow(
    'x',
  );
  const { stages, peakMemoryBytes } = meter.total();
  expect(stages.map(({ stage, rows }) => [stage, rows])).toEqual([
    ['load', undefined],
    ['make', 3],
  ]);
  expect(peakMemoryBytes).toBeGreaterThan(10_000_000);
});
