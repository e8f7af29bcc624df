/** The test that stands in two files, so that two workers share the seeds. */
import { expect, test } from 'vitest';
import { SEEDS } from '../measure.ts';
import { coverageTable, rareFaults, runBatch } from './seed-batch.ts';

const FILES = 2;
const STARTING_MS_MAX = 30_000;
const MS_PER_SEED_MAX = 120;
/** A fault that happens in fewer seeds of a thousand proves nothing. */
const SEEDS_PER_THOUSAND_MIN = 10;

/** Runs the seeds of the n-th file, from 0 on: none may fail, and every fault must have happened in enough of them. */
export function expectSoundSeeds(file: number): void {
  const count = Math.ceil(SEEDS / FILES);
  const from = 1 + file * count;
  test(
    `${count} seeds from ${from} on lose nothing, make nothing up, and come to rest`,
    async () => {
      const batch = await runBatch(from, count);
      process.stdout.write(`${coverageTable(batch)}\n`);
      expect(batch.failures.join('\n\n')).toBe('');
      expect(rareFaults(batch, SEEDS_PER_THOUSAND_MIN)).toEqual([]);
    },
    STARTING_MS_MAX + count * MS_PER_SEED_MAX,
  );
}
