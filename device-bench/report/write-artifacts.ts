import { readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { makeFolders } from '../../pipeline/index.ts';
import { BenchError } from '../bench-error.ts';
import type { KitReport } from '../core/kit-report.ts';
import type { CheckTarget } from './check-document.ts';
import { renderCheckPage } from './check-page.ts';
import { renderJunit } from './junit.ts';
import { formatTranscript } from './transcript-text.ts';

/** The reports that can be asked for; the byte log is always written. */
export const REPORT_KINDS = ['html', 'junit'] as const;
/** One of {@link REPORT_KINDS}. */
export type ReportKind = (typeof REPORT_KINDS)[number];

interface Artifact {
  readonly name: string;
  /** Stands in every file of ours of that name, so that somebody else's is recognised. */
  readonly mark: string;
  readonly render: (report: KitReport, target: CheckTarget) => string;
}

const TRANSCRIPT: Artifact = {
  name: 'transcript.txt',
  mark: 'STEDI Testbed',
  render: formatTranscript,
};
const REPORTS: Readonly<Record<ReportKind, Artifact>> = {
  html: { name: 'report.html', mark: 'STEDI Testbed', render: renderCheckPage },
  junit: { name: 'junit.xml', mark: 'stedi device check', render: renderJunit },
};

function artifactsOf(kinds: readonly ReportKind[]): Artifact[] {
  return [
    TRANSCRIPT,
    ...REPORT_KINDS.filter((kind) => kinds.includes(kind)).map((kind) => REPORTS[kind]),
  ];
}

/**
 * Makes sure that the artifacts can be put into a folder, before a device is kept busy for them.
 *
 * @throws BenchError OUTPUT_NOT_OURS when somebody else's file of such a name is there, OUTPUT_UNWRITABLE
 */
export async function prepareArtifacts(
  folder: string,
  kinds: readonly ReportKind[],
): Promise<void> {
  await refuseForeignArtifacts(folder, kinds);
  const probe = join(folder, `${TRANSCRIPT.name}.part`);
  try {
    const made = makeFolders(folder);
    await writeFile(probe, '');
    await rm(probe);
    // A check that does not come to its beginning leaves no folders.
    for (const each of made) await rmdir(each);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

async function refuseForeignArtifacts(folder: string, kinds: readonly ReportKind[]): Promise<void> {
  for (const { name, mark } of artifactsOf(kinds)) {
    const path = join(folder, name);
    if (await isFreeFor(path, mark)) continue;
    const message = `${path} would be replaced, but no check wrote it. Move it, or choose another folder with --out.`;
    throw new BenchError('OUTPUT_NOT_OURS', message);
  }
}

/** True where nothing is, or what an earlier check wrote. What is in the way of the folder itself is found by making it. */
async function isFreeFor(path: string, mark: string): Promise<boolean> {
  try {
    return (await readFile(path, 'utf8')).includes(mark);
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/**
 * Writes the byte log and the reports that were asked for, and gives their paths as seen from here, the byte log first.
 *
 * @throws BenchError OUTPUT_UNWRITABLE
 */
export async function writeArtifacts(options: {
  readonly report: KitReport;
  readonly target: CheckTarget;
  readonly folder: string;
  readonly kinds: readonly ReportKind[];
}): Promise<string[]> {
  const { report, target, folder, kinds } = options;
  try {
    makeFolders(folder);
    const paths: string[] = [];
    for (const { name, render } of artifactsOf(kinds)) {
      const path = join(folder, name);
      await writeFile(`${path}.part`, render(report, target));
      await rename(`${path}.part`, path);
      paths.push(relative(process.cwd(), path) || path);
    }
    return paths;
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): BenchError {
  const message = `Cannot write to ${folder}. Choose a folder that can be written with --out.`;
  return new BenchError('OUTPUT_UNWRITABLE', message, { cause });
}
