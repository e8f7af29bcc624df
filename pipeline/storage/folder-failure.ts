import { PipelineError } from '../pipeline-error.ts';

/** The code of a failure of the file system; empty when it has none. */
export function errnoOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
}

/** What the system said when a file or folder could not be read, in words that name the place and the fix. */
export function unreadable(path: string, cause: unknown): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `${path} cannot be read${reasonOf(cause)}. Check its permissions, and what links in it point to.`,
    { cause },
  );
}

/** What the system said when results could not be written, in words that name the place and the fix. */
export function unwritable(path: string, cause: unknown): PipelineError {
  if (cause instanceof PipelineError && cause.code === 'DISK_FULL') return cause;
  const code = errnoOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PipelineError(
      'DISK_FULL',
      `The disk of ${path} is full (${code}). Free space on it, or give a folder on a larger disk.`,
      { cause },
    );
  }
  return new PipelineError(
    'OUTPUT_UNWRITABLE',
    `Results cannot be written to ${path}${reasonOf(cause)}. Give a folder that may be written to, on a disk with room.`,
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  const code = errnoOf(cause);
  return code === '' ? '' : ` (${code})`;
}
