/** The workspace of a run: its local files, and the output that they are published to as a whole. */
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ZONE_TABLES } from '../core/catalog.ts';
import type { TableName } from '../core/catalog.ts';
import type { PreviousLanding } from '../landing/index.ts';
import { makeFolders } from '../make-folders.ts';
import { PipelineError } from '../pipeline-error.ts';
import { unwritable } from '../storage/folder-failure.ts';
import { isAside } from '../storage/folder-storage.ts';
import { openStorage } from '../storage/open-storage.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import type { S3Patience } from '../storage/s3-session.ts';
import type { Storage } from '../storage/storage.ts';
import { describeUnguarded, hasConditionalWrites } from './conditional-writes.ts';
import { lockFolder } from './folder-lock.ts';
import { LANDING_STATE, QUARANTINE, tableKey } from './layout.ts';
import { readPreviousLanding } from './previous-landing.ts';
import { publish } from './publish.ts';
import type { Guard, Publication } from './publish.ts';
import { inspectOutput, leftoversOf } from './published-output.ts';
import type { PublishedOutput } from './published-output.ts';
import { makeScratch, removeDeadScratch, scratchParent } from './scratch-folder.ts';
import type { ScratchFolder } from './scratch-folder.ts';

/** How a workspace is opened. */
export interface WorkspaceOptions {
  /** Folder for local files, on a disk with room; without it, the output itself, or the system's temporary folder for a bucket. */
  readonly scratch?: string | undefined;
  readonly patience?: S3Patience;
  /** Is told what the user has to know of the output, a sentence each. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

interface Parts {
  readonly place: Place;
  readonly storage: Storage;
  readonly output: PublishedOutput;
  readonly guard: Guard;
  readonly scratch: ScratchFolder;
  readonly previousLanding: PreviousLanding | undefined;
  readonly hold: Hold;
}

/** What a run holds of an output folder: its lock, and the folders that it had to make. */
interface Hold {
  readonly isLocked: boolean;
  readonly release: () => void;
  readonly made: readonly string[];
}

const SCRATCH_IN_OUTPUT = '.tmp-';
const SCRATCH_ELSEWHERE = 'stedi-zones-';
const NO_HOLD: Hold = { isLocked: false, release: () => undefined, made: [] };

/** Local files of one run and its output. The caller disposes of it, whatever happened. */
export class Workspace {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Makes sure that results can be published to `out`, and removes what runs left there that were killed.
   * @throws PipelineError OUTPUT_UNWRITABLE, OUTPUT_NOT_OURS, OUTPUT_BUSY, DISK_FULL, STORAGE_UNREACHABLE, STORAGE_REFUSED
   */
  static async open(out: Place, options: WorkspaceOptions = {}): Promise<Workspace> {
    const hold = out.kind === 'folder' ? holdFolder(out.path) : NO_HOLD;
    const storage = openStorage(out, options.patience);
    try {
      const output = await inspectOutput(out, storage);
      const guard = hold.isLocked ? 'lock' : await guardOf(out, storage, options);
      if (hold.isLocked) await recover(out, storage, output);
      const scratch = await openScratch(out, options.scratch);
      const previousLanding = await readPreviousLanding(output, storage, {
        folder: join(scratch.path, 'state'),
        onDamage: () => options.onNotice?.(describeDamage(out)),
      });
      return new Workspace({ place: out, storage, output, guard, scratch, previousLanding, hold });
    } catch (error) {
      storage.close();
      await letGo(hold);
      throw error;
    }
  }

  /** Where a zone table is written before it is published. */
  tablePath(table: TableName): string {
    return join(this.#parts.scratch.path, tableKey(table));
  }

  /** Where the quarantine is written before it is published: `<landing table>/quarantine.ndjson`. */
  get quarantineFolder(): string {
    return join(this.#parts.scratch.path, QUARANTINE);
  }

  /** A folder for files that are not published: downloads, clean copies, what the engine spills. */
  scratch(name: string): string {
    const path = join(this.#parts.scratch.path, 'scratch', name);
    makeFolders(path);
    return path;
  }

  /** What the run before knew of the landing objects; undefined when everything has to be read. */
  get previousLanding(): PreviousLanding | undefined {
    return this.#parts.previousLanding;
  }

  /**
   * Publishes all tables, the quarantine and what is known of the landing in one step; when it fails, what was published
   * before is still there. What is published already is not written again. Called once.
   * @throws PipelineError OUTPUT_BUSY when another run published meanwhile, OUTPUT_UNWRITABLE, DISK_FULL,
   * STORAGE_UNREACHABLE, STORAGE_REFUSED
   */
  async publish(publication: Publication, signal?: AbortSignal): Promise<void> {
    const { place, storage, output, guard, scratch } = this.#parts;
    try {
      const target = { place, storage, output, folder: scratch.path, guard };
      await publish(target, publication, signal);
    } catch (error) {
      if (guard === 'lock') await removeLeftovers(place, storage);
      throw error instanceof PipelineError || signal?.aborted
        ? error
        : unwritable(describePlace(place), error);
    }
  }

  /** Removes what is not published, and the output folder too when it was made for nothing. */
  async dispose(): Promise<void> {
    const { storage, scratch, hold } = this.#parts;
    storage.close();
    await scratch.remove();
    await letGo(hold);
  }
}

/** What keeps other runs from mixing their files with those of this one, where no lock does. */
async function guardOf(
  out: Place,
  storage: Storage,
  { onNotice }: WorkspaceOptions,
): Promise<Guard> {
  if (out.kind === 'folder' || (await hasConditionalWrites(storage))) return 'condition';
  onNotice?.(describeUnguarded(out));
  return 'none';
}

function describeDamage(out: Place): string {
  return `Files below ${LANDING_STATE}/ of ${describePlace(out)} are damaged or gone. What they were made from is read again; look at the disk if this comes back.`;
}

function holdFolder(path: string): Hold {
  try {
    const made = makeFolders(path);
    const lock = lockFolder(path);
    if (lock.kind === 'locked') return { isLocked: true, release: lock.release, made };
    if (lock.kind === 'unsupported') return { ...NO_HOLD, made };
  } catch (cause) {
    throw unwritable(path, cause);
  }
  throw new PipelineError(
    'OUTPUT_BUSY',
    `Another run works on ${path}. Wait until it is done, or give another output.`,
  );
}

async function letGo({ made, release }: Hold): Promise<void> {
  // Whoever has put something there meanwhile keeps it.
  for (const folder of made) await rmdir(folder).catch(() => undefined);
  release();
}

async function openScratch(out: Place, scratch: string | undefined): Promise<ScratchFolder> {
  const isInOutput = out.kind === 'folder' && scratch === undefined;
  const parent = scratchParent(out, scratch);
  try {
    makeFolders(parent);
    const made = await makeScratch(parent, isInOutput ? SCRATCH_IN_OUTPUT : SCRATCH_ELSEWHERE);
    for (const table of ZONE_TABLES) makeFolders(join(made.path, table));
    return made;
  } catch (cause) {
    throw unwritable(parent, cause);
  }
}

/** Removes what runs left in a folder that were killed. Nobody else works on it. */
async function recover(out: Place, storage: Storage, output: PublishedOutput): Promise<void> {
  if (out.kind !== 'folder') return;
  try {
    await removeDeadScratch(out.path, SCRATCH_IN_OUTPUT);
    const half = (await readdir(out.path)).filter(isAside);
    await storage.remove([...half, ...leftoversOf(output)]);
  } catch (cause) {
    throw unwritable(out.path, cause);
  }
}

async function removeLeftovers(place: Place, storage: Storage): Promise<void> {
  try {
    await storage.remove(leftoversOf(await inspectOutput(place, storage)));
  } catch {
    // The failure that led here is the one to report; the next run removes what is left.
  }
}
