import { createRequire } from 'node:module';
import type * as koffi from 'koffi';
import { expect, it } from 'vitest';
import { giveBackMemory } from '../../../pipeline/engine/give-back-memory.ts';

const BLOCK_BYTES = 256 * 1024;
const LARGE_BYTES = 30 * 2 ** 20;
const BLOCKS = 800;

type Allocate = (count: number, bytes: number) => unknown;
type Fill = (pointer: unknown, byte: number, bytes: number) => unknown;
type Free = (pointer: unknown) => void;

/** Whether the C library is the GNU one: others have nothing to be told. */
function isGnu(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}

it.runIf(process.platform === 'linux' && isGnu())(
  'gives the memory of the blocks of the engine back, even below one that is kept',
  () => {
    const library = (createRequire(import.meta.url)('koffi') as typeof koffi).load(null);
    const allocate = library.func('void *calloc(size_t count, size_t bytes)') as Allocate;
    const fill = library.func('void *memset(void *pointer, int byte, size_t bytes)') as Fill;
    const free = library.func('void free(void *pointer)') as Free;

    expect(giveBackMemory()).toBeDefined();
    // Once this is freed, the library by itself would keep all that is smaller.
    free(allocate(1, LARGE_BYTES));
    const blocks = Array.from({ length: BLOCKS }, () => {
      const block = allocate(1, BLOCK_BYTES);
      fill(block, 1, BLOCK_BYTES);
      return block;
    });
    const full = process.memoryUsage.rss();
    const kept = blocks.pop();
    for (const block of blocks) free(block);
    expect(full - process.memoryUsage.rss()).toBeGreaterThan(0.8 * BLOCKS * BLOCK_BYTES);
    free(kept);
  },
);
