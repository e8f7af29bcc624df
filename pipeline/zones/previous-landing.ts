/** What the run before knew of the landing objects: for the loader, which reads again only what is new. */
import { createHash } from 'node:crypto';
import type { PreviousLanding, StateFile } from '../landing/index.ts';
import { PipelineError } from '../pipeline-error.ts';
import { fileSha256 } from '../storage/file-checksum.ts';
import type { Storage, StoredObject } from '../storage/storage.ts';
import type { PublishedOutput } from './published-output.ts';
import type { ZoneFile } from './zones-pointer.ts';

/** What is published beside the zones about the landing objects. */
export interface LandingKnowledge {
  /** Anything that JSON can hold. */
  readonly state: unknown;
  readonly files: readonly StateFile[];
}

/**
 * Reads what the run before left; undefined when there was none, when files of it are missing or when its state is damaged:
 * then everything is read again. What is found to be damaged is noted in the output, so that it is stored again;
 * `onDamage` is told once.
 */
export async function readPreviousLanding(
  output: PublishedOutput,
  storage: Storage,
  { folder, onDamage }: { readonly folder: string; readonly onDamage: () => void },
): Promise<PreviousLanding | undefined> {
  const noteDamage = ({ file }: ZoneFile): void => {
    if (output.damaged.size === 0) onDamage();
    output.damaged.add(file);
  };
  const landing = output.pointer?.landing;
  if (landing === undefined) return undefined;
  const named = Object.values(landing.files);
  const gone = named.filter((file) => findFile(output.files, file) === undefined);
  gone.forEach(noteDamage);
  if (gone.length > 0) return undefined;
  const stored = await storage.read(landing.state.file);
  if (stored === undefined || sha256Of(stored.bytes) !== landing.state.sha256) {
    noteDamage(landing.state);
    return undefined;
  }
  return {
    state: JSON.parse(stored.bytes.toString('utf8')) as unknown,
    fetch: async (key, signal) => {
      const file = landing.files[key];
      const path = file && (await fetchSound({ output, storage, folder }, file, signal));
      if (file !== undefined && path === undefined) noteDamage(file);
      return path;
    },
  };
}

interface Shelf {
  readonly output: PublishedOutput;
  readonly storage: Storage;
  readonly folder: string;
}

/** A local copy of a published file; undefined when it is gone, or its bytes are not those that were published. */
async function fetchSound(
  { output, storage, folder }: Shelf,
  file: ZoneFile,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const object = findFile(output.files, file);
  if (object === undefined) return undefined;
  try {
    const path = await storage.fetch(object, folder, signal);
    return (await fileSha256(path)).sha256 === file.sha256 ? path : undefined;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { code, cause } = error;
    const isDamaged = cause instanceof Error && cause.name === 'DamagedDownload';
    if (code === 'LANDING_CHANGED' || isDamaged) return undefined;
    throw error;
  }
}

/** The object of a published file, if it is still there with its length. */
export function findFile(
  files: ReadonlyMap<string, StoredObject>,
  { file, bytes }: ZoneFile,
): StoredObject | undefined {
  const object = files.get(file);
  return object?.bytes === bytes ? object : undefined;
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
