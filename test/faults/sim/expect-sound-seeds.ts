/** The test that stands in several files, so that the workers share the seeds. */
import { expect, test } from 'vitest';
import { coverageTable, rareFaults, runBatch } from './seed-batch.ts';

const PATIENCE_MS = 120_000;
/** A fault that happens in fewer seeds of a thousand proves nothing. */
const SEEDS_PER_THOUSAND_MIN = 10;

/** Runs seeds: none may fail, and every fault must have happened in enough of them. */
export function expectSoundSeeds({
  from,
  count,
}: {
  readonly from: number;
  readonly count: number;
}): void {
  test(
    `${count} seeds from ${from} on lose nothing, make nothing up, and come to rest`,
    async () => {
      const batch = await runBatch(from, count);
      process.stdout.write(`${coverageTable(batch)}\n`);
      expect(batch.failures.join('\n\n')).toBe('');
      expect(rareFaults(batch, SEEDS_PER_THOUSAND_MIN)).toEqual([]);
    },
    PATIENCE_MS,
  );
}
