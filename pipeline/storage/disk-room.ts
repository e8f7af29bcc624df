import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PipelineError } from '../pipeline-error.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes that this user may still write on the disk of a folder, which need not exist yet; undefined where the system does not say. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch {
      // The folder is still to be made: the disk is that of the nearest one above it.
      if (dirname(path) === path) return undefined;
    }
  }
}

/** Whether two folders, which need not exist yet, lie on one disk; false where the system does not say. */
export async function areOnOneDisk(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([diskOf(left), diskOf(right)]);
  return one !== undefined && one === other;
}

async function diskOf(folder: string): Promise<number | undefined> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      return (await stat(path)).dev;
    } catch {
      if (dirname(path) === path) return undefined;
    }
  }
}

/**
 * Makes sure that the disk of a folder has room for so many bytes, before work begins that would end in a full disk.
 * @throws PipelineError DISK_FULL with what is needed and what is free, and `fix`, a sentence
 */
export async function roomFor(
  folder: string,
  bytes: number,
  fix = 'Free space on it, or give a folder on a larger disk.',
): Promise<void> {
  const free = await freeBytes(folder);
  if (free === undefined || free >= bytes) return;
  throw new PipelineError(
    'DISK_FULL',
    `The disk of ${folder} has ${formatBytes(free)} free, and ${formatBytes(bytes)} are needed. ${fix}`,
  );
}

/** A number of bytes for people, in decimal units, such as `1.5 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
