import type { CommandModule } from 'yargs';
import { wrapText } from '../../presentation/index.ts';
import { loadCatalogue, loadNamed, synopsisOf } from '../../scenarios/index.ts';
import type { Synopsis } from '../../scenarios/index.ts';
import { refuseRepeats } from '../repeats.ts';
import { withTags } from '../tagged.ts';
import { printJson, printResult, terminalStyle } from '../terminal.ts';

const INDENT = '  ';

interface ListArguments {
  readonly paths: string[];
  readonly tag: string[] | undefined;
  readonly json: boolean;
}

/** `stedi list`: shows the scenarios of the catalogue, or of files and folders. */
export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list [paths..]',
  describe: 'Show the scenarios of the catalogue, or of folders of your own',
  builder: (yargs) =>
    yargs
      .positional('paths', {
        describe: 'Scenario files, folders of them, or names; the catalogue if none is given',
        type: 'string',
        array: true,
        default: [] as string[],
      })
      .options({
        tag: {
          describe: 'Only scenarios with one of these tags',
          type: 'string',
          array: true,
          requiresArg: true,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats(['paths', 'tag'])),
  handler: async ({ paths, tag, json }) => {
    const named =
      paths.length === 0
        ? await loadCatalogue({ large: true })
        : (await Promise.all(paths.map(loadNamed))).flat();
    const shown = withTags(named, tag).map(synopsisOf);
    if (json) printJson({ scenarios: shown });
    else printResult([...shown.map(describe), summarise(shown)].join('\n\n'));
  },
};

function describe(synopsis: Synopsis): string {
  const { file, name, tags, mode, simulatedSeconds, estimatedSeconds } = synopsis;
  const { asserts, sometimes } = synopsis;
  const facts = [
    ...(tags.length > 0 ? [tags.join(', ')] : []),
    `${mode}, ${formatSeconds(simulatedSeconds)} in about ${formatSeconds(estimatedSeconds)}`,
  ];
  const lines = [
    name,
    facts.join(' · '),
    `asserts ${byFamily(asserts)}`,
    ...(sometimes.length > 0 ? [`and that this happens: ${sometimes.join(', ')}`] : []),
  ];
  const width = terminalStyle().width - INDENT.length;
  const wrapped = lines.flatMap((line) => wrapText(line, width));
  return [file, ...wrapped.map((line) => INDENT + line)].join('\n');
}

/** Oracles by their families: `landing (lost, rejected), consent (date)`. */
function byFamily(ids: readonly string[]): string {
  const families = new Map<string, string[]>();
  for (const id of ids) {
    const [family = '', name = ''] = id.split('.');
    families.set(family, [...(families.get(family) ?? []), name]);
  }
  return [...families].map(([family, names]) => `${family} (${names.join(', ')})`).join(', ');
}

function summarise(shown: readonly Synopsis[]): string {
  const seconds = shown.reduce((sum, { estimatedSeconds }) => sum + estimatedSeconds, 0);
  const what = shown.length === 1 ? '1 scenario' : `${shown.length} scenarios`;
  return `${what}, about ${formatSeconds(seconds)} one after the other.`;
}

/** Seconds as people say them: `8 s`, `5 min`, `2.5 h`. */
function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 6) / 10} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}
