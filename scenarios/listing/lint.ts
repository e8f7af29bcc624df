/** Looks scenario files over without running them. */
import { loadScenarios } from '../reading/load-scenario.ts';
import { problemAt } from '../reading/problem.ts';
import type { ScenarioProblem } from '../reading/problem.ts';
import { ScenarioError } from '../scenario-error.ts';
import { findNamedFiles, numberIn, tellNoSuchNumber } from './catalogue.ts';

/** A file that was looked over. */
export interface LintedFile {
  readonly file: string;
  /** The sentences of its scenarios; none when something is wrong. */
  readonly names: readonly string[];
  readonly problems: readonly ScenarioProblem[];
}

/** Looks over what users name: files, folders, and names from the catalogue; each file once. */
export async function lintFiles(names: readonly string[]): Promise<readonly LintedFile[]> {
  const linted = (await Promise.all(names.map(lintNamed))).flat();
  return [...new Map(linted.map((one) => [one.file, one])).values()];
}

async function lintNamed(name: string): Promise<readonly LintedFile[]> {
  try {
    const files = await findNamedFiles(name);
    const number = numberIn(name, files[0] ?? '');
    if (number === undefined) return await Promise.all(files.map(lintFile));
    return (await Promise.all(files.map(lintFile))).map((file) => pick(file, name, number));
  } catch (error) {
    if (!(error instanceof ScenarioError) || error.code !== 'SCENARIO_NOT_FOUND') throw error;
    return [wrong(name, error.message)];
  }
}

async function lintFile(file: string): Promise<LintedFile> {
  try {
    const scenarios = await loadScenarios(file);
    return { file, names: scenarios.map(({ name }) => name), problems: [] };
  } catch (error) {
    if (!(error instanceof ScenarioError) || error.problems.length === 0) throw error;
    return { file, names: [], problems: error.problems };
  }
}

/** One scenario of a file of several. What is wrong with the others is told as well: the file cannot be loaded. */
function pick(linted: LintedFile, file: string, number: number): LintedFile {
  const { names, problems } = linted;
  if (problems.length > 0) return linted;
  const name = names[number - 1];
  if (name === undefined) return wrong(file, tellNoSuchNumber(file, names.length));
  return { file, names: [name], problems: [] };
}

function wrong(file: string, message: string): LintedFile {
  return { file, names: [], problems: [problemAt({ file }, { path: [], message })] };
}
