/** The place that a landing zone is written to: looked at before anything is made, and cleaned when nothing comes of it. */
import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describePlace, makeFolders, roomFor } from '../../pipeline/index.ts';
import type { Place, Storage, StoredObject } from '../../pipeline/index.ts';
import { SimulatorError } from '../simulator-error.ts';
import { isLandingKey, LANDING_FOLDERS, SCRATCH_FOLDER } from './core/landing-keys.ts';

/** How much room is needed, in bytes. */
export interface RoomNeeded {
  /** For the objects themselves, where they lie. */
  readonly objects: number;
  /** For files on their way to a bucket. */
  readonly scratch: number;
}

/** A place that is ours. */
export class LandingPlace {
  /** Where files are made. */
  readonly scratch: string;
  readonly #place: Place;
  readonly #storage: Storage;
  /** Folders that were made for the place itself, the innermost first. */
  readonly #made: readonly string[];
  readonly #keys: string[] = [];

  private constructor(place: Place, storage: Storage, scratch: string, made: readonly string[]) {
    this.#place = place;
    this.#storage = storage;
    this.scratch = scratch;
    this.#made = made;
  }

  /**
   * Takes a place that is empty; with `force` also one that holds a generated landing zone, which is removed.
   * @throws SimulatorError LANDING_ZONE_OTHER, LANDING_ZONE_EXISTS, PipelineError DISK_FULL and what storage throws
   */
  static async claim(
    place: Place,
    storage: Storage,
    {
      force,
      room,
      signal,
    }: { readonly force: boolean; readonly room: RoomNeeded; readonly signal: AbortSignal },
  ): Promise<LandingPlace> {
    if (place.kind === 'folder') await refuseOtherNames(place);
    const there = await storage.list('', signal);
    refuseOthers(place, there, force);
    const freed = there.reduce((sum, { bytes }) => sum + bytes, 0);
    if (place.kind === 'folder') await roomFor(place.path, room.objects - freed);
    else await roomFor(tmpdir(), room.scratch);
    const keys = there.map(({ key }) => key);
    if (keys.length > 0) await storage.remove(keys);
    if (place.kind === 's3') {
      const scratch = mkdtempSync(join(tmpdir(), 'stedi-generate-'));
      return new LandingPlace(place, storage, scratch, []);
    }
    removeEmptyFolders(place.path, keys);
    const made = makeOut(place.path);
    return new LandingPlace(place, storage, makeScratch(place, force), made);
  }

  /** Stores a file under a key, and removes the file. */
  async store(path: string, key: string, signal: AbortSignal): Promise<void> {
    // Noted first: what is interrupted may have been stored all the same.
    this.#keys.push(key);
    await this.#storage.store(path, key, signal);
    rmSync(path, { force: true });
  }

  /** Removes the scratch folder; what was stored stays. */
  keep(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /** Removes all that was stored and made, since `reason` ended it. @throws SimulatorError LANDING_ZONE_LEFT when that fails */
  async discard(reason: unknown): Promise<void> {
    try {
      this.keep();
      if (this.#keys.length > 0) await this.#storage.remove(this.#keys);
    } catch {
      // Why it could not be removed is seldom news: most often it is what ended the work.
      const { message } = reason as Error;
      throw new SimulatorError(
        'LANDING_ZONE_LEFT',
        `${message} Part of the landing zone is still in ${describePlace(this.#place)}, as it could not be removed; the same command with --force replaces it.`,
        { cause: reason },
      );
    }
    if (this.#place.kind === 's3') return;
    removeEmptyFolders(this.#place.path, this.#keys);
    for (const folder of this.#made) removeIfEmpty(folder);
  }
}

/** Looks at the top first: to list all of a folder that somebody else filled may take long. */
async function refuseOtherNames(place: Extract<Place, { kind: 'folder' }>): Promise<void> {
  // What cannot be read here is told by the storage.
  const names = await readdir(place.path).catch(() => []);
  const other = names.find((name) => !LANDING_FOLDERS.includes(name));
  if (other !== undefined) throw holdsOther(place, other);
}

function refuseOthers(place: Place, there: readonly StoredObject[], force: boolean): void {
  const other = there.find(({ key }) => !isLandingKey(key));
  if (other !== undefined) throw holdsOther(place, other.key);
  if (there.length > 0 && !force) throw holdsZone(place);
}

function holdsOther(place: Place, name: string): SimulatorError {
  return new SimulatorError(
    'LANDING_ZONE_OTHER',
    `${describePlace(place)} holds ${JSON.stringify(name)}, which "stedi generate" did not make. Give a place that is empty or not there yet with --out.`,
  );
}

function holdsZone(place: Place): SimulatorError {
  return new SimulatorError(
    'LANDING_ZONE_EXISTS',
    `${describePlace(place)} holds a landing zone already, or part of one, that "stedi generate" made. Give another place with --out, or replace it with --force.`,
  );
}

function makeOut(path: string): readonly string[] {
  try {
    return makeFolders(path);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function makeScratch(place: Extract<Place, { kind: 'folder' }>, force: boolean): string {
  const scratch = join(place.path, SCRATCH_FOLDER);
  try {
    if (force) rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch);
    return scratch;
  } catch (cause) {
    // Somebody who was killed left it, or somebody is just about to begin.
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw holdsZone(place);
    throw unwritable(place.path, cause);
  }
}

function unwritable(path: string, cause: unknown): SimulatorError {
  const { message } = cause as Error;
  return new SimulatorError(
    'LANDING_ZONE_UNWRITABLE',
    `${path} cannot be written (${message}). Give a folder in which you may write with --out.`,
    { cause },
  );
}

/** Removes the folders of keys that are gone, from the innermost up to the place itself, which stays. */
function removeEmptyFolders(path: string, keys: readonly string[]): void {
  const folders = new Set<string>();
  for (const key of keys) {
    for (let folder = dirname(key); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  const deepestFirst = [...folders].sort((left, right) => right.length - left.length);
  for (const folder of deepestFirst) removeIfEmpty(join(path, folder));
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else put something there, or it is gone already: both are theirs.
  }
}
