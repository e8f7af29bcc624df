import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders, PipelineError } from '../../pipeline/index.ts';

/** Stands in every report, so that somebody else's page of that name is recognised. */
const MARK = 'STEDI Testbed pipeline report';

/**
 * Makes sure that a report can be put at a path, before anything is run for it.
 * @throws PipelineError OUTPUT_NOT_OURS when something else is there
 */
export async function refuseForeignPage(path: string): Promise<void> {
  const page = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? MARK : '',
  );
  if (page.includes(MARK)) return;
  throw new PipelineError(
    'OUTPUT_NOT_OURS',
    `${path} would be replaced, but no run of the pipeline wrote it. Move it away, or give another file with --report.`,
  );
}

/** Writes a report at once. @throws PipelineError OUTPUT_UNWRITABLE */
export async function writePage(path: string, page: string): Promise<void> {
  const aside = `${path}.part`;
  try {
    makeFolders(dirname(path));
    await writeFile(aside, page);
    await rename(aside, path);
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw new PipelineError(
      'OUTPUT_UNWRITABLE',
      `The report cannot be written to ${path}. Give another file with --report.`,
      { cause },
    );
  }
}
