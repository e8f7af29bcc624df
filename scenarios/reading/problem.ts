/** One thing that is wrong with a scenario: where, and a sentence with the fix. */
import { ScenarioError } from '../scenario-error.ts';
import type { Complaint } from './complaints.ts';

/** Lines and columns count from 1; they are left out where a file cannot be looked into. */
export interface ScenarioProblem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Path of the key, such as `faults[0].on`; empty when it is about the whole file. */
  readonly path: string;
  readonly message: string;
}

/** A place in a file. */
export type Place = Pick<ScenarioProblem, 'file' | 'line' | 'column'>;

/** Puts a complaint to its place. */
export function problemAt(
  place: Place,
  { path, message }: Omit<Complaint, 'isAboutKey'>,
): ScenarioProblem {
  return { ...place, path: oneLine(formatPath(path)), message: oneLine(message) };
}

/** One line, as compilers write it, so that editors jump to the place. */
export function formatProblem({ file, line, column, path, message }: ScenarioProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place === '' ? '' : `${place}: `}${path === '' ? '' : `${path}: `}${message}`;
}

/** The error that tells problems, one on each line. */
export function invalidScenario(
  problems: readonly ScenarioProblem[],
  options: ErrorOptions = {},
): ScenarioError {
  const message = problems.map(formatProblem).join('\n');
  return new ScenarioError('SCENARIO_INVALID', message, { ...options, problems });
}

/** In YAML a whole map may be a key, which is then written over several lines. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

/** A path as people write it: `faults[0].on`. */
function formatPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '');
}
