/** The disks of a run: whether they have room for it, and what a full one is called. */
import { explainEngineFailure } from '../engine/engine-failure.ts';
import { PipelineError } from '../pipeline-error.ts';
import { areOnOneDisk, formatBytes, freeBytes, roomFor } from '../storage/disk-room.ts';
import type { Place } from '../storage/place.ts';
import { scratchParent } from '../zones/scratch-folder.ts';
import { zoneBytesFor } from './engine-room.ts';
import { STEPS } from './planned-steps.ts';

/** The folders that a run writes to, as its user knows them: those of ours are in them. */
export interface RunFolders {
  readonly scratch: string;
  /** Absent for a bucket. */
  readonly out?: string;
}

const FIX = {
  scratch: 'Free space on it, or name a folder on a larger disk with --scratch.',
  out: 'Free space on it, or give an output on a larger disk.',
} as const;

/** The folders of a run that publishes to `out`. */
export function foldersOf(out: Place, scratch: string | undefined): RunFolders {
  const parent = scratchParent(out, scratch);
  return out.kind === 's3' ? { scratch: parent } : { scratch: parent, out: out.path };
}

/**
 * Makes sure that the disks of a run have room for so many landing rows, of which `bytes` go to the scratch folder.
 * @throws PipelineError DISK_FULL with what is needed and what is free
 */
export async function requireRoom(
  { scratch, out }: RunFolders,
  { rows, bytes }: { readonly rows: number; readonly bytes: number },
): Promise<void> {
  await roomFor(scratch, bytes, FIX.scratch);
  if (out === undefined || (await areOnOneDisk(scratch, out))) return;
  await roomFor(out, zoneBytesFor(rows), FIX.out);
}

/** A failure of a step with a code. That of a full disk names the folder that the user knows, and what is left. */
export async function explainFailure(
  failure: unknown,
  { step, folders }: { readonly step: string; readonly folders: RunFolders },
): Promise<PipelineError> {
  const { scratch, out } = folders;
  const explained = explainEngineFailure(failure, { step, scratch });
  // Without a cause, it was told before the disk was full, with what is needed.
  if (explained.code !== 'DISK_FULL' || explained.cause === undefined) return explained;
  const isOut = step === STEPS.publish && out !== undefined && out !== scratch;
  const folder = isOut ? out : scratch;
  const free = await freeBytes(folder);
  // Part of what the run had written there may be gone already.
  const left =
    free === undefined ? '' : `: the ${formatBytes(free)} that are free there now are not enough`;
  return new PipelineError(
    'DISK_FULL',
    `The disk of ${folder} became full at the step "${step}"${left}. ${isOut ? FIX.out : FIX.scratch}`,
    { cause: explained.cause },
  );
}
