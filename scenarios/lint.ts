/** Looks scenario files over without running them. */
import { findNamedFiles } from './catalogue.ts';
import { loadScenarios } from './load-scenario.ts';
import type { ScenarioProblem } from './problem.ts';
import { ScenarioError } from './scenario-error.ts';

/** A file that was looked over. */
export interface LintedFile {
  readonly file: string;
  /** The sentences of its scenarios; none when something is wrong. */
  readonly names: readonly string[];
  readonly problems: readonly ScenarioProblem[];
}

/**
 * Looks over what users name: files, folders, and names from the catalogue; each file once.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND
 */
export async function lintFiles(names: readonly string[]): Promise<readonly LintedFile[]> {
  const found = await Promise.all(names.map(findNamedFiles));
  return Promise.all([...new Set(found.flat())].map(lintFile));
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
