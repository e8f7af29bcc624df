import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { makeFolders } from '../pipeline/index.ts';
import { renderCtrf, renderJunit, renderReport, ScenarioError } from '../scenarios/index.ts';
import type { RunDocument, RunTimes } from '../scenarios/index.ts';

/** The reports that a run can write: for people, and for CI systems. */
export const RUN_REPORTS = ['html', 'junit', 'ctrf'] as const;
/** One of {@link RUN_REPORTS}. */
export type RunReport = (typeof RUN_REPORTS)[number];

/** A report as a file. The mark stands in every one, so that somebody else's file of that name is recognised. */
interface ReportFile {
  readonly name: string;
  readonly mark: string;
  readonly render: (document: RunDocument, times: RunTimes) => string;
}

const FILES: Readonly<Record<RunReport, ReportFile>> = {
  html: { name: 'report.html', mark: 'STEDI Testbed', render: renderReport },
  junit: { name: 'junit.xml', mark: '<testsuites name="stedi ', render: renderJunit },
  ctrf: { name: 'ctrf.json', mark: '"name": "stedi"', render: renderCtrf },
};

/**
 * Makes sure that reports can be put into a folder, before anything is run for them.
 *
 * @throws ScenarioError OUTPUT_NOT_OURS when another file of that name is there
 */
export async function refuseForeignReports(
  folder: string,
  kinds: readonly RunReport[],
): Promise<void> {
  for (const { name, mark } of kinds.map((kind) => FILES[kind])) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch(() => mark);
    if (text.includes(mark)) continue;
    const message = `${path} would be replaced, but no run wrote it. Move it, or choose another folder with --out.`;
    throw new ScenarioError('OUTPUT_NOT_OURS', message);
  }
}

/** Reports that an earlier run left in a folder and that a run does not write itself: paths as seen from here. */
export async function findOlderReports(
  folder: string,
  written: readonly RunReport[],
): Promise<string[]> {
  const found: string[] = [];
  for (const kind of RUN_REPORTS.filter((candidate) => !written.includes(candidate))) {
    const { name, mark } = FILES[kind];
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.includes(mark)) found.push(relative(process.cwd(), path) || path);
  }
  return found;
}

/**
 * Writes the reports of a run into a folder, and gives their paths as seen from here.
 *
 * @throws ScenarioError OUTPUT_UNWRITABLE
 */
export async function writeReports(
  document: RunDocument,
  times: RunTimes,
  { folder, kinds }: { readonly folder: string; readonly kinds: readonly RunReport[] },
): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, render } of kinds.map((kind) => FILES[kind])) {
    const path = join(folder, name);
    await writeWhole(path, folder, render(document, times));
    paths.push(relative(process.cwd(), path) || path);
  }
  return paths;
}

async function writeWhole(path: string, folder: string, text: string): Promise<void> {
  try {
    makeFolders(folder);
    const aside = `${path}.part`;
    await writeFile(aside, text);
    await rename(aside, path);
  } catch (cause) {
    const message = `Cannot write ${path}. Choose a folder that can be written with --out.`;
    throw new ScenarioError('OUTPUT_UNWRITABLE', message, { cause });
  }
}
