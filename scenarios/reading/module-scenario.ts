/** Scenarios that programs make: modules whose default export is a scenario, or a list of them. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario } from '../schema/index.ts';
import { checkScenario } from './check-scenario.ts';
import { invalidScenario, problemAt } from './problem.ts';
import type { Place, ScenarioProblem } from './problem.ts';

/** Files that may hold a program. */
export const MODULE_FILE: RegExp = /\.[mc]?[jt]s$/;

/**
 * Loads the scenarios of a module.
 *
 * @throws ScenarioError SCENARIO_INVALID
 */
export async function loadModule(file: string): Promise<readonly Scenario[]> {
  const exported = await importDefault(file);
  const written = Array.isArray(exported) ? (exported as readonly unknown[]) : [exported];
  if (exported === undefined || written.length === 0) {
    throw wholeFile(file, 'has no scenario; write: export default defineScenario({ … })');
  }
  const checked = written.map(checkScenario);
  const problems = checked.flatMap(({ complaints }, index) =>
    complaints.map((complaint) =>
      problemAt({ file: written.length > 1 ? `${file}#${index + 1}` : file }, complaint),
    ),
  );
  if (problems.length > 0) throw invalidScenario(problems);
  return checked.flatMap(({ scenario }) => scenario ?? []);
}

/** What a module exports as its default. @throws ScenarioError SCENARIO_INVALID when it cannot be loaded */
export async function importDefault(file: string): Promise<unknown> {
  const url = pathToFileURL(resolve(file)).href;
  try {
    const module = (await import(url)) as { readonly default?: unknown };
    return module.default;
  } catch (cause) {
    const problems = problemsOf(cause);
    if (problems === undefined)
      throw wholeFile(file, `cannot be loaded: ${reasonOf(cause)}`, cause);
    const place = findCall(cause, file);
    throw invalidScenario(
      problems.map((problem) => ({ ...problem, ...place })),
      { cause },
    );
  }
}

function wholeFile(file: string, message: string, cause?: unknown): Error {
  return invalidScenario([problemAt({ file }, { path: [], message })], { cause });
}

/** What defineScenario() found. A program may have a copy of the package of its own, so its class says nothing. */
function problemsOf(cause: unknown): readonly ScenarioProblem[] | undefined {
  const { code, problems } = (cause ?? {}) as {
    readonly code?: unknown;
    readonly problems?: readonly ScenarioProblem[];
  };
  return code === 'SCENARIO_INVALID' && Array.isArray(problems) ? problems : undefined;
}

/** Where the module called defineScenario(). */
function findCall(cause: unknown, file: string): Place {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const path = resolve(file);
  const names = [`${pathToFileURL(path).href}:`, `${path}:`];
  const isThere = (frame: string): boolean => names.some((name) => frame.includes(name));
  const line = stack.split('\n').find(isThere) ?? '';
  const match = /:(\d+):(\d+)\)?$/.exec(line);
  return match === null ? { file } : { file, line: Number(match[1]), column: Number(match[2]) };
}

function reasonOf(cause: unknown): string {
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return 'this Node runs JavaScript alone; save it as .mjs, or run stedi with one that runs TypeScript';
  }
  return cause instanceof Error ? cause.message : String(cause);
}
