import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { makeFolders } from '../pipeline/index.ts';
import { renderReport, ScenarioError } from '../scenarios/index.ts';
import type { RunDocument } from '../scenarios/index.ts';

/** Stands in every report, so that somebody else's page of that name is recognised. */
const MARK = 'STEDI Testbed';

/**
 * Makes sure that a report can be put into a folder, before anything is run for it.
 *
 * @throws ScenarioError OUTPUT_NOT_OURS when another page of that name is there
 */
export async function refuseForeignReport(folder: string): Promise<void> {
  const path = join(folder, 'report.html');
  const page = await readFile(path, 'utf8').catch(() => MARK);
  if (page.includes(MARK)) return;
  const message = `${path} would be replaced, but no run wrote it. Move it, or choose another folder with --out.`;
  throw new ScenarioError('OUTPUT_NOT_OURS', message);
}

/**
 * Writes the report of a run into a folder, and gives its path as seen from here.
 *
 * @throws ScenarioError OUTPUT_UNWRITABLE
 */
export async function writeReport(document: RunDocument, folder: string): Promise<string> {
  const path = join(folder, 'report.html');
  try {
    makeFolders(folder);
    const aside = `${path}.part`;
    await writeFile(aside, renderReport(document));
    await rename(aside, path);
  } catch (cause) {
    const message = `Cannot write ${path}. Choose a folder that can be written with --out.`;
    throw new ScenarioError('OUTPUT_UNWRITABLE', message, { cause });
  }
  return relative(process.cwd(), path) || path;
}
