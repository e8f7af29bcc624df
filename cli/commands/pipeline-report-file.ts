import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { makeFolders, PipelineError } from '../../pipeline/index.ts';
import type { Place } from '../../pipeline/index.ts';

/** Stands in every report, so that somebody else's page of that name is recognised. */
const MARK = 'STEDI Testbed pipeline report';

/**
 * Makes sure that a report can be put at a path, before anything is run for it. `places` are the folders that are read
 * and written by the run.
 * @throws PipelineError OUTPUT_NOT_OURS when something else is there, or the path lies in one of the places;
 * OUTPUT_UNWRITABLE when nothing can be written there
 */
export async function prepareReport(path: string, places: readonly Place[]): Promise<void> {
  for (const place of places) {
    if (place.kind === 's3' || !liesIn(path, place.path)) continue;
    throw new PipelineError(
      'OUTPUT_NOT_OURS',
      `The report ${path} would lie in ${place.path}, where only landing objects and zones may be. Give a file outside of it with --report.`,
    );
  }
  const page = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'EISDIR' || error.code === 'EACCES' ? '' : MARK,
  );
  if (!page.includes(MARK)) {
    throw new PipelineError(
      'OUTPUT_NOT_OURS',
      `${path} would be replaced, but no run of the pipeline wrote it. Move it away, or give another file with --report.`,
    );
  }
  // A run of hours must not end with a page that cannot be written.
  await putAside(path, '');
  await rm(asideOf(path), { force: true });
}

/** Writes a report at once. @throws PipelineError OUTPUT_UNWRITABLE */
export async function writePage(path: string, page: string): Promise<void> {
  await putAside(path, page);
  try {
    await rename(asideOf(path), path);
  } catch (cause) {
    await rm(asideOf(path), { force: true }).catch(() => undefined);
    throw unwritable(path, cause);
  }
}

async function putAside(path: string, page: string): Promise<void> {
  try {
    makeFolders(dirname(path));
    await writeFile(asideOf(path), page);
  } catch (cause) {
    await rm(asideOf(path), { force: true }).catch(() => undefined);
    throw unwritable(path, cause);
  }
}

function asideOf(path: string): string {
  return `${path}.part`;
}

function unwritable(path: string, cause: unknown): PipelineError {
  return new PipelineError(
    'OUTPUT_UNWRITABLE',
    `The report cannot be written to ${path}. Give another file with --report.`,
    { cause },
  );
}

function liesIn(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
