/** Publishing: new files first, then the pointer in one step, then the removal of what it names no longer. */
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ZONE_TABLES } from '../core/catalog.ts';
import type { Policy, ZoneTableName } from '../core/catalog.ts';
import { PipelineError } from '../pipeline-error.ts';
import { syncPath } from '../storage/durable-files.ts';
import { fileSha256 } from '../storage/file-checksum.ts';
import { unwritable } from '../storage/folder-failure.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import type { Storage } from '../storage/storage.ts';
import { hashedKey, LANDING_STATE, POINTER_KEY, QUARANTINE, tableKey } from './layout.ts';
import { findFile } from './previous-landing.ts';
import type { LandingKnowledge } from './previous-landing.ts';
import { findPointer, leftoversOf } from './published-output.ts';
import type { PublishedOutput } from './published-output.ts';
import { StoredFiles } from './stored-files.ts';
import { filesOf, writePointer } from './zones-pointer.ts';
import type { ZoneFile, ZonesPointer } from './zones-pointer.ts';

/** What a run publishes besides the files that it wrote into its workspace. */
export interface Publication {
  readonly policy: Policy;
  /** How many rows each zone table has. */
  readonly tables: Readonly<Record<ZoneTableName, { readonly rows: number }>>;
  readonly landing?: LandingKnowledge | undefined;
}

/** Where and over what a run publishes. */
export interface PublishTarget {
  readonly place: Place;
  readonly storage: Storage;
  /** The output as it was when the run began. */
  readonly output: PublishedOutput;
  /** The local folder with the tables and the quarantine. */
  readonly folder: string;
  readonly guard: Guard;
}

/**
 * What keeps runs on one output apart. `lock`: no other run can work on it. `condition`: others can, but the pointer is only
 * replaced when it is the one that was there at the beginning. `none`: it is looked at right before it is replaced, which
 * leaves a moment in which another run can come between.
 */
export type Guard = 'lock' | 'condition' | 'none';

interface Prepared {
  readonly pointer: ZonesPointer;
  /** Where the files that it names lie, by key; those that are kept have none. */
  readonly paths: ReadonlyMap<string, string>;
}

const FILES_AT_ONCE = 4;

/**
 * Publishes what is in the folder. When it fails, the output is as it was, and what was stored is taken back as far as
 * that can be done.
 * @throws PipelineError OUTPUT_BUSY when another run published since this one began, and those of the storage
 */
export async function publish(
  target: PublishTarget,
  publication: Publication,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { storage, output, guard } = target;
  const { pointer, paths } = await prepare(target, publication);
  const missing = filesOf(pointer).filter((file) => !isPublished(output, file));
  if (target.place.kind === 'folder') await syncFiles(missing, paths);
  const stored = new StoredFiles(storage, paths);
  try {
    await inParallel(missing, FILES_AT_ONCE, ({ file }) => stored.add(file, signal));
    signal?.throwIfAborted();
    if (guard === 'none') await requireSamePointer(target);
  } catch (error) {
    await stored.takeBack();
    throw error;
  }
  const leftovers = leftoversOf({ pointer, files: output.files });
  // Where runs may work beside each other, only a new pointer keeps another one from naming what is removed here.
  if (!isSame(output.pointer, pointer) || (leftovers.length > 0 && guard !== 'lock')) {
    // When it is not known whether it was replaced, nothing is taken back: it may name these files.
    if (!(await replacePointer(target, pointer))) {
      await stored.takeBack();
      throw overtaken(target.place);
    }
    if (guard !== 'lock') await stored.putBack();
  }
  // It is published: what cannot be removed now is a leftover that the next run removes.
  await storage.remove(leftovers).catch(() => undefined);
}

/**
 * Brings files to the disk before the first of them gets its name: who reads the folders of tables by a pattern then finds
 * the old and the new file beside each other for the moment that renaming takes, and not for as long as a disk writes.
 */
async function syncFiles(
  files: readonly ZoneFile[],
  paths: ReadonlyMap<string, string>,
): Promise<void> {
  await inParallel(files, FILES_AT_ONCE, async ({ file }) => {
    const path = paths.get(file);
    if (path === undefined) return;
    await syncPath(path).catch((cause: unknown) => {
      throw unwritable(path, cause);
    });
  });
}

async function prepare(target: PublishTarget, publication: Publication): Promise<Prepared> {
  const { folder, output } = target;
  const { policy, tables, landing } = publication;
  const paths = new Map<string, string>();
  const stage = async (key: string, path: string): Promise<ZoneFile> => {
    const sum = await fileSha256(path);
    const file = hashedKey(key, sum.sha256);
    paths.set(file, path);
    return { file, ...sum };
  };
  const staged = await inParallel(ZONE_TABLES, FILES_AT_ONCE, async (table) => {
    const file = await stage(tableKey(table), join(folder, tableKey(table)));
    return [table, { ...file, rows: tables[table].rows }] as const;
  });
  const quarantine = await inParallel(
    await filesBelow(join(folder, QUARANTINE)),
    FILES_AT_ONCE,
    (key) => stage(`${QUARANTINE}/${key}`, join(folder, QUARANTINE, key)),
  );
  const pointer = {
    version: 1,
    revision: (output.pointer?.revision ?? 0) + 1,
    policy,
    tables: Object.fromEntries(staged) as unknown as ZonesPointer['tables'],
    quarantine,
    ...(landing !== undefined && { landing: await prepareLanding(target, landing, stage) }),
  } as const;
  return { pointer, paths };
}

async function prepareLanding(
  { folder, output }: PublishTarget,
  { state, files }: LandingKnowledge,
  stage: (key: string, path: string) => Promise<ZoneFile>,
): Promise<NonNullable<ZonesPointer['landing']>> {
  const statePath = join(folder, 'landing-state.json');
  await writeFile(statePath, JSON.stringify(state));
  const sorted = files.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const named = await inParallel(sorted, FILES_AT_ONCE, async ({ key, path }) => {
    const kept = output.pointer?.landing?.files[key];
    const file =
      path === undefined && kept !== undefined
        ? kept
        : await stage(`${LANDING_STATE}/${key}`, path ?? key);
    return [key, file] as const;
  });
  return {
    state: await stage(`${LANDING_STATE}/state.json`, statePath),
    files: Object.fromEntries(named),
  };
}

/** Whether a file is named by the last pointer and is there unharmed, so that nobody removes it before this run is over. */
function isPublished({ pointer, files, damaged }: PublishedOutput, file: ZoneFile): boolean {
  if (damaged.has(file.file)) return false;
  const named = pointer === undefined ? [] : filesOf(pointer);
  const isNamed = named.some((other) => other.file === file.file && other.sha256 === file.sha256);
  return isNamed && findFile(files, file) !== undefined;
}

function isSame(before: ZonesPointer | undefined, next: ZonesPointer): boolean {
  if (before === undefined) return false;
  return writePointer({ ...before, revision: next.revision }).equals(writePointer(next));
}

/** False when another run published meanwhile. Throws when it is not known whether the pointer was replaced. */
async function replacePointer(
  { storage, output, guard }: PublishTarget,
  pointer: ZonesPointer,
): Promise<boolean> {
  const bytes = writePointer(pointer);
  const expected = output.tag === undefined ? 'absent' : { tag: output.tag };
  try {
    return await storage.write(POINTER_KEY, bytes, guard === 'none' ? undefined : expected);
  } catch (error) {
    // It may have been written, and only the answer lost.
    const there = await storage.read(POINTER_KEY).catch(() => undefined);
    if (there?.bytes.equals(bytes) !== true) throw error;
    return true;
  }
}

/** What can be done where storage knows no conditions. @throws PipelineError OUTPUT_BUSY */
async function requireSamePointer({ place, storage, output }: PublishTarget): Promise<void> {
  const { tag } = await findPointer(place, storage);
  if (tag !== output.tag) throw overtaken(place);
}

function overtaken(place: Place): PipelineError {
  return new PipelineError(
    'OUTPUT_BUSY',
    `Another run published to ${describePlace(place)} since this one began: its zones are there, and those of this run are not. Run again, one at a time.`,
  );
}

/** The files below a folder as sorted paths with `/`; none when there is no such folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}
