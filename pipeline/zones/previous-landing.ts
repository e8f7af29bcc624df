/** What the run before knew of the landing objects: for the loader, which reads again only what is new. */
import type { Storage, StoredObject } from '../storage/storage.ts';
import type { PublishedOutput } from './published-output.ts';
import type { ZoneFile } from './zones-pointer.ts';

/** A file that the loader wants kept for the next run. */
export interface StateFile {
  /** Its name among such files, with `/`, such as `accelerometer_landing/3.parquet`. */
  readonly key: string;
  /** Where it lies; undefined keeps the one that the run before published under this name. */
  readonly path?: string | undefined;
}

/** What is published beside the zones about the landing objects. */
export interface LandingKnowledge {
  /** Anything that JSON can hold. */
  readonly state: unknown;
  readonly files: readonly StateFile[];
}

/** The {@link LandingKnowledge} of the run before. */
export interface PreviousLanding {
  readonly state: unknown;
  /** The names of its files, and how large they are. */
  readonly files: ReadonlyMap<string, { readonly bytes: number }>;
  /** A local copy of one of its files, which may not be changed. @throws PipelineError when there is none of that name any more */
  fetch(key: string, signal?: AbortSignal): Promise<string>;
}

/**
 * Reads what the run before left; undefined when there was none, when files of it are missing or when its state is damaged:
 * then everything is read again.
 */
export async function readPreviousLanding(
  { pointer, files }: PublishedOutput,
  storage: Storage,
  folder: string,
): Promise<PreviousLanding | undefined> {
  const landing = pointer?.landing;
  if (landing === undefined) return undefined;
  const objects = new Map<string, StoredObject>();
  for (const [key, file] of Object.entries(landing.files)) {
    const object = findFile(files, file);
    if (object === undefined) return undefined;
    objects.set(key, object);
  }
  const stored = await storage.read(landing.state.file);
  const state = stored === undefined ? undefined : parse(stored.bytes);
  if (state === undefined) return undefined;
  return {
    state,
    files: objects,
    fetch: (key, signal) => {
      const missing = { key, bytes: 0, tag: 'none' };
      return storage.fetch(objects.get(key) ?? missing, folder, signal);
    },
  };
}

/** The object of a published file, if it is still there with its length. */
export function findFile(
  files: ReadonlyMap<string, StoredObject>,
  { file, bytes }: ZoneFile,
): StoredObject | undefined {
  const object = files.get(file);
  return object?.bytes === bytes ? object : undefined;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
