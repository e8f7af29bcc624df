import { createRequire } from 'node:module';
import type * as koffi from 'koffi';

type Mallopt = (param: number, value: number) => number;

const M_MMAP_THRESHOLD = -3;
const M_MMAP_MAX = -4;
/** Smaller than a block of the engine, which is 256 KiB. */
const MAPPED_FROM_BYTES = 128 * 1024;
/** Half of what the system lets a process map: others need maps, too. */
const MAPPED_MAX = 32_768;

/**
 * Makes the C library of this process give memory back to the system as soon as it is freed. By default, the GNU one keeps
 * what is smaller than the largest piece that was ever freed, up to 32 MiB, in one heap for each thread, where other
 * threads do not find it: the engine then holds up to twice what it counts. False where the C library cannot be told.
 */
export function giveBackMemory(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const native = createRequire(import.meta.url)('koffi') as typeof koffi;
    const mallopt = native.load(null).func('int mallopt(int param, int value)') as Mallopt;
    return (
      mallopt(M_MMAP_THRESHOLD, MAPPED_FROM_BYTES) === 1 && mallopt(M_MMAP_MAX, MAPPED_MAX) === 1
    );
  } catch {
    return false;
  }
}
