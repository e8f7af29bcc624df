import { createRequire } from 'node:module';
import type * as koffi from 'koffi';

type Mallopt = (param: number, value: number) => number;
type MallocTrim = (pad: number) => number;

const M_MMAP_THRESHOLD = -3;
const M_MMAP_MAX = -4;
/** Smaller than a block of the engine, which is 256 KiB. */
const MAPPED_FROM_BYTES = 128 * 1024;
/** Half of what the system lets a process map: others need maps, too. */
const MAPPED_MAX = 32_768;

/** Gives the system back, at once, what the C library still keeps of freed memory. */
export type TrimMemory = () => void;

/**
 * Makes the C library of this process give memory back to the system as soon as it is freed. By default, the GNU one keeps
 * what is smaller than the largest piece that was ever freed, up to 32 MiB, in one heap for each thread, where other
 * threads do not find it: the engine then holds up to twice what it counts. Smaller pieces it keeps all the same, until it
 * is asked with what this gives; undefined where the C library cannot be told.
 */
export function giveBackMemory(): TrimMemory | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const native = (createRequire(import.meta.url)('koffi') as typeof koffi).load(null);
    const mallopt = native.func('int mallopt(int param, int value)') as Mallopt;
    const trim = native.func('int malloc_trim(size_t pad)') as MallocTrim;
    mallopt(M_MMAP_THRESHOLD, MAPPED_FROM_BYTES);
    mallopt(M_MMAP_MAX, MAPPED_MAX);
    return () => void trim(0);
  } catch {
    return undefined;
  }
}
