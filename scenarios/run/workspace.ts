import { chmod, mkdtemp, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from '../../pipeline/index.ts';
import { ScenarioError } from '../scenario-error.ts';
import { tellFullDisk } from './full-disk.ts';

/** What a run leaves in its folder. */
const RUN_ENTRIES: ReadonlySet<string> = new Set([
  'plan.json',
  'landing',
  'zones',
  'ledger.ndjson',
  'result.json',
]);

/**
 * Lets `fill` write a folder aside, and puts it into its place when it is complete. What was there before is replaced
 * only then; when `fill` throws, nothing is left behind.
 *
 * @throws ScenarioError OUTPUT_UNWRITABLE, DISK_FULL, OUTPUT_NOT_OURS when other things than a run are there, and what
 * `fill` throws
 */
export async function publishFolder<Result>(
  path: string,
  fill: (folder: string) => Promise<Result>,
): Promise<Result> {
  const place = resolve(path);
  await refuseForeignFolder(place);
  const missing = await missingFolders(dirname(place));
  try {
    return await publishInto(place, fill);
  } catch (error) {
    await removeEmpty(missing);
    throw error;
  }
}

async function publishInto<Result>(
  place: string,
  fill: (folder: string) => Promise<Result>,
): Promise<Result> {
  const aside = await makeAside(place);
  try {
    const result = await fill(aside);
    await rm(place, { recursive: true, force: true });
    await rename(aside, place);
    return result;
  } catch (error) {
    const fix = 'Free space on it, or name a folder on a larger disk with --out.';
    const full = tellFullDisk(error, { aside, folder: dirname(place), fix });
    if (full !== undefined) throw full;
    throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function makeAside(place: string): Promise<string> {
  try {
    makeFolders(dirname(place));
    const aside = await mkdtemp(join(dirname(place), `.${basename(place)}-`));
    // A temporary folder is for its owner alone; results are for everybody who may read beside them.
    await chmod(aside, 0o777 & ~process.umask());
    return aside;
  } catch (cause) {
    const message = `Cannot write to ${dirname(place)}. Choose a folder that can be written with --out.`;
    throw new ScenarioError('OUTPUT_UNWRITABLE', message, { cause });
  }
}

/** Removes what runs into `path` left aside when their process was killed. Nobody may be running into it. */
export async function removeAsides(path: string): Promise<void> {
  const place = resolve(path);
  const names = await readdir(dirname(place)).catch(() => []);
  // Six characters stand behind the name, as mkdtemp makes them.
  const asides = names.filter((name) => name.slice(0, -6) === `.${basename(place)}-`);
  for (const name of asides) await rm(join(dirname(place), name), { recursive: true, force: true });
}

/** The folders of a path that do not exist yet, the deepest first. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path; dirname(folder) !== folder; folder = dirname(folder)) {
    const isThere = await stat(folder).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    missing.push(folder);
  }
  return missing;
}

/** Removes folders that hold nothing. What another run has put there meanwhile stays. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}

async function refuseForeignFolder(place: string): Promise<void> {
  const there = await stat(place).catch(() => undefined);
  if (there === undefined) return;
  const entries = there.isDirectory() ? await readdir(place) : [basename(place)];
  const foreign = entries.find((entry) => !RUN_ENTRIES.has(entry));
  if (foreign === undefined) return;
  const message = `${place} would be replaced, but it holds ${foreign}, which no run wrote. Move it, or choose another folder with --out.`;
  throw new ScenarioError('OUTPUT_NOT_OURS', message);
}
