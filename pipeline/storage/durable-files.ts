/** Writing files that are still there after a loss of power. */
import { copyFile, link, open, realpath } from 'node:fs/promises';
import { errnoOf } from './folder-failure.ts';

/** A second name for the file costs no time and no room; where the file system has none to give, a copy does. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(await realpath(from), to);
  } catch (cause) {
    if (
      !['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(
        errnoOf(cause),
      )
    ) {
      throw cause;
    }
    await copyFile(from, to);
  }
}

/** Writes a file that is on the disk when this returns. Throws what the file system throws. */
export async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Waits until a file or folder is on the disk as it is. Throws what the file system throws. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
