import type { CommandModule } from 'yargs';
import { formatProblem, lintFiles, SCHEMA_FILE } from '../../scenarios/index.ts';
import type { LintedFile } from '../../scenarios/index.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { refuseRepeats } from '../repeats.ts';
import { printJson, printResult } from '../terminal.ts';

interface LintArguments {
  readonly paths: string[];
  readonly schema: boolean;
  readonly json: boolean;
}

/** `stedi lint`: tells everything that is wrong with scenario files, without running them. */
export const lintCommand: CommandModule<object, LintArguments> = {
  command: 'lint [paths..]',
  describe: 'Check scenario files: everything that is wrong, with file, line and column',
  builder: (yargs) =>
    yargs
      .positional('paths', {
        describe: 'Scenario files, folders of them, or names from "npx stedi list"',
        type: 'string',
        array: true,
        default: [] as string[],
      })
      .options({
        schema: {
          describe: 'Print where the JSON Schema is, for editors',
          type: 'boolean',
          default: false,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats(['paths'])),
  handler: async ({ paths, schema, json }) => {
    if (schema) {
      if (paths.length > 0)
        throw new UsageError('--schema checks no files; leave one of them out.');
      if (json) printJson({ schema: SCHEMA_FILE });
      else printResult(SCHEMA_FILE);
      return;
    }
    if (paths.length === 0) {
      throw new UsageError(
        'Nothing to check. Name scenario files or folders, such as: npx stedi lint ./scenarios',
      );
    }
    const files = await lintFiles(paths);
    const problems = files.flatMap((file) => file.problems);
    if (json) printJson({ files, problems: problems.length });
    else printResult([...problems.map(formatProblem), summarise(files)].join('\n'));
    if (problems.length > 0) process.exitCode = EXIT.USAGE;
  },
};

function summarise(files: readonly LintedFile[]): string {
  const wrong = files.filter(({ problems }) => problems.length > 0);
  const count = wrong.reduce((sum, { problems }) => sum + problems.length, 0);
  if (count > 0) {
    return `${countOf(count, 'problem')} in ${wrong.length} of ${countOf(files.length, 'file')}.`;
  }
  const scenarios = files.reduce((sum, { names }) => sum + names.length, 0);
  return `${countOf(scenarios, 'scenario')}: nothing wrong.`;
}

function countOf(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
