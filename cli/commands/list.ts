import type { CommandModule } from 'yargs';
import { loadCatalogue, loadNamed } from '../../scenarios/index.ts';
import { printJson, printResult } from '../terminal.ts';

interface ListArguments {
  readonly folder: string | undefined;
  readonly json: boolean;
}

/** `stedi list`: shows the scenarios of the catalogue or of a folder. */
export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list [folder]',
  describe: 'Show the scenarios of the catalogue, or of a folder',
  builder: (yargs) =>
    yargs
      .positional('folder', { describe: 'Folder with scenario files', type: 'string' })
      .option('json', { describe: 'Print one JSON document', type: 'boolean', default: false }),
  handler: async ({ folder, json }) => {
    const named = folder === undefined ? await loadCatalogue() : await loadNamed(folder);
    const entries = named.map(({ file, scenario }) => ({
      file,
      name: scenario.name,
      tags: scenario.tags,
      mode: scenario.run.mode,
      expects: Object.keys(scenario.expect),
    }));
    if (json) printJson({ scenarios: entries });
    else {
      for (const { file, name, tags, mode } of entries) {
        printResult(`${file}\n  ${name}\n  ${mode} · ${tags.join(', ')}`);
      }
    }
  },
};
