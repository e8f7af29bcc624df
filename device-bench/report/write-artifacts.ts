import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

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
 * @throws BenchError OUTPUT_NOT_OURS when somebody else's file of such a name is there
 */
export async function refuseForeignArtifacts(
  folder: string,
  kinds: readonly ReportKind[],
): Promise<void> {
  for (const { name, mark } of artifactsOf(kinds)) {
    const path = join(folder, name);
    const content = await readFile(path, 'utf8').catch(() => mark);
    if (content.includes(mark)) continue;
    const message = `${path} would be replaced, but no check wrote it. Move it, or choose another folder with --out.`;
    throw new BenchError('OUTPUT_NOT_OURS', message);
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
    await mkdir(folder, { recursive: true });
    const paths: string[] = [];
    for (const { name, render } of artifactsOf(kinds)) {
      const path = join(folder, name);
      await writeFile(`${path}.part`, render(report, target));
      await rename(`${path}.part`, path);
      paths.push(relative(process.cwd(), path) || path);
    }
    return paths;
  } catch (cause) {
    const message = `Cannot write to ${folder}. Choose a folder that can be written with --out.`;
    throw new BenchError('OUTPUT_UNWRITABLE', message, { cause });
  }
}
