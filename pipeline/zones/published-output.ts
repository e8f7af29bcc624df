/** What lies in an output: the pointer, and the files in the folders that a run owns. */
import { PipelineError } from '../pipeline-error.ts';
import { unwritable } from '../storage/folder-failure.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import type { Storage, StoredObject } from '../storage/storage.ts';
import { isOfThisLayout, isOwnKey, OWN_FOLDERS, POINTER_KEY } from './layout.ts';
import { filesOf, readPointer } from './zones-pointer.ts';
import type { ZonesPointer } from './zones-pointer.ts';

/** An output as it was found. */
export interface PublishedOutput {
  /** The last run that published; undefined when none did. */
  readonly pointer: ZonesPointer | undefined;
  /** The tag of the pointer, for a conditional write. */
  readonly tag: string | undefined;
  /** All files of runs, named by the pointer or not, by key. */
  readonly files: ReadonlyMap<string, StoredObject>;
  /** Keys of files whose bytes were found not to be those that the pointer tells, although their length may be. */
  readonly damaged: Set<string>;
}

const LISTINGS_MAX = 8;

/**
 * Looks at an output.
 * @throws PipelineError OUTPUT_NOT_OURS when a run would replace what no run wrote, OUTPUT_UNWRITABLE, STORAGE_UNREACHABLE,
 * STORAGE_REFUSED
 */
export async function inspectOutput(place: Place, storage: Storage): Promise<PublishedOutput> {
  try {
    // The pointer comes first: what is published later is then seen to have changed, and never taken for a leftover.
    const { pointer, tag } = await findPointer(place, storage);
    const listings = await inParallel(OWN_FOLDERS, LISTINGS_MAX, (folder) => storage.list(folder));
    const files = new Map(listings.flat().map((object) => [object.key, object]));
    const foreign = [...files.keys()].find((key) => !isOwnKey(key));
    if (foreign !== undefined) throw notOurs(place, foreign);
    return { pointer, tag, files, damaged: new Set() };
  } catch (error) {
    const isFolder = error instanceof PipelineError && error.code === 'LANDING_UNREADABLE';
    throw isFolder ? unwritable(describePlace(place), error.cause) : error;
  }
}

/**
 * The keys of files of runs that no pointer names: what a run left that was killed, or that was replaced. Where there is no
 * pointer yet, tables of the layout before it are results, and no leftovers.
 */
export function leftoversOf({
  pointer,
  files,
}: Pick<PublishedOutput, 'pointer' | 'files'>): string[] {
  const named = new Set(pointer === undefined ? [] : filesOf(pointer).map(({ file }) => file));
  return [...files.keys()].filter(
    (key) =>
      !named.has(key) && !key.endsWith('/') && (pointer !== undefined || isOfThisLayout(key)),
  );
}

/** The pointer of an output, and its tag. @throws PipelineError OUTPUT_NOT_OURS and those of the storage */
export async function findPointer(
  place: Place,
  storage: Storage,
): Promise<Pick<PublishedOutput, 'pointer' | 'tag'>> {
  const stored = await storage.read(POINTER_KEY);
  if (stored === undefined) return { pointer: undefined, tag: undefined };
  const pointer = readPointer(stored.bytes);
  if (pointer === undefined) throw notOurs(place, POINTER_KEY);
  return { pointer, tag: stored.tag };
}

function notOurs(place: Place, key: string): PipelineError {
  const at = describePlace(place);
  const what =
    key === POINTER_KEY ? 'which this version cannot read' : 'which no run of the pipeline wrote';
  return new PipelineError(
    'OUTPUT_NOT_OURS',
    `${at} would be replaced, but it holds ${key}, ${what}. Give another output, or move that away.`,
  );
}
