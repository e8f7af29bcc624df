import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from '../../pipeline/index.ts';
import { ScenarioError } from '../scenario-error.ts';

/**
 * Lets `fill` write a folder aside, and puts it into its place when it is complete. What was there before is replaced
 * only then; when `fill` throws, nothing is left behind.
 *
 * @throws ScenarioError OUTPUT_UNWRITABLE, and what `fill` throws
 */
export async function publishFolder<Result>(
  path: string,
  fill: (folder: string) => Promise<Result>,
): Promise<Result> {
  const place = resolve(path);
  const aside = await makeAside(place);
  try {
    const result = await fill(aside);
    await rm(place, { recursive: true, force: true });
    await rename(aside, place);
    return result;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function makeAside(place: string): Promise<string> {
  try {
    await makeFolders(dirname(place));
    return await mkdtemp(join(dirname(place), `.${basename(place)}-`));
  } catch (cause) {
    const message = `Cannot write to ${dirname(place)}. Choose a folder that can be written with --out.`;
    throw new ScenarioError('OUTPUT_UNWRITABLE', message, { cause });
  }
}
