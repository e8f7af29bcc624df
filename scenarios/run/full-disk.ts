/** A full disk, told to somebody who gave one folder: parts of a run name folders and options of their own. */
import { PipelineError } from '../../pipeline/index.ts';
import { ScenarioError } from '../scenario-error.ts';

const FULL: ReadonlySet<unknown> = new Set(['DISK_FULL', 'ENOSPC', 'EDQUOT']);
/** Failures that are wrapped more often than this are no failures of a disk. */
const CAUSES_MAX = 5;

/** A folder that is written aside, where it belongs as its user knows it, and what to do when its disk is full. */
export interface WrittenFolder {
  readonly aside: string;
  readonly folder: string;
  /** A sentence. */
  readonly fix: string;
}

/** The failure of a full disk below `aside`, told in words of the user; `undefined` of any other failure. */
export function tellFullDisk(
  failure: unknown,
  { aside, folder, fix }: WrittenFolder,
): ScenarioError | undefined {
  if (!(failure instanceof Error) || !isFullDisk(failure)) return undefined;
  const isThere = failure.message.includes(aside) || !failure.message.includes('/');
  if (!isThere) return undefined;
  // What a part needs and what is free is worth telling; where it wanted to write, and its own options, are not.
  const needs = needsOf(failure);
  return new ScenarioError(
    'DISK_FULL',
    `The disk of ${folder} is full, or too small for the run${needs}. ${fix}`,
    { cause: failure },
  );
}

function isFullDisk(failure: Error): boolean {
  let at: unknown = failure;
  for (let depth = 0; depth < CAUSES_MAX && at instanceof Error; depth++) {
    if ('code' in at && FULL.has(at.code)) return true;
    at = at.cause;
  }
  return false;
}

function needsOf(failure: Error): string {
  if (!(failure instanceof PipelineError)) return '';
  const needs = / has (\S+ \S+) free, and (\S+ \S+) are needed/.exec(failure.message);
  if (needs !== null) return `: ${needs[1]} are free, and ${needs[2]} are needed`;
  const step = /at the step "([^"]+)"/.exec(failure.message)?.[1];
  return step === undefined ? '' : `, at the step "${step}"`;
}
