import type { CommandModule } from 'yargs';
import { replayQuarantine } from '../../../bridge/index.ts';
import type { ReplayResult } from '../../../bridge/index.ts';
import { EXIT } from '../../exit-codes.ts';
import { refuseRepeats } from '../../repeats.ts';
import { printJson, printNote, printResult } from '../../terminal.ts';
import { readCorrections } from './corrections.ts';
import { tellFaults } from './faults.ts';
import { PLACE_OPTIONS, workAt } from './place.ts';
import type { PlaceArguments } from './place.ts';
import { readSelection, SELECT_OPTIONS } from './select.ts';
import type { SelectArguments } from './select.ts';

interface ReplayArguments extends PlaceArguments, SelectArguments {
  readonly id: string[] | undefined;
  readonly fix: string | undefined;
  readonly json: boolean;
}

const REFUSED_TOLD_MAX = 10;
/** What a reason means for somebody who wants to land an entry; the others speak of the original itself. */
const ADVICE: Readonly<Record<string, string>> = {
  'needs-device-clock': 'the time of a framed reading came from the fit of the device clock then',
  'no-reading': 'the line was no reading',
  'spool-damaged': 'these are damaged bytes of the spool, nothing that was sent',
  'spool-segment-missing': 'the file of the spool was gone',
  'no-such-entry': 'there is no such entry',
  'not-selected': 'it is named, and --id, --table or --reason leaves it out',
};
const NOTHING_MENDED: ReadonlyMap<string, Uint8Array> = new Map();

/** `stedi quarantine replay`: lands what can be taken now. */
export const quarantineReplayCommand: CommandModule<object, ReplayArguments> = {
  command: 'replay',
  describe:
    'Land what can be taken now, or was mended; each entry once, however often this is done',
  builder: (yargs) =>
    yargs
      .options({
        ...PLACE_OPTIONS,
        ...SELECT_OPTIONS,
        id: {
          describe: 'Only this entry; may be given several times',
          type: 'string',
          array: true,
          requiresArg: true,
        },
        fix: {
          describe: 'File of mended originals, a JSON document {"id", "original"} in each line',
          type: 'string',
          requiresArg: true,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats(['id'])),
  handler: async (argv) => {
    const corrections = argv.fix === undefined ? NOTHING_MENDED : await readCorrections(argv.fix);
    // Who mends some entries means those.
    const ids = argv.id ?? (argv.fix === undefined ? undefined : [...corrections.keys()]);
    const selection = readSelection(argv, ids);
    const result = await workAt(argv, (shelf) =>
      replayQuarantine(shelf, { selection, corrections }),
    );
    if (argv.json) printJson(result);
    else {
      printResult(formatReplay(result));
      for (const line of tellFaults(result.faults)) printNote(line);
    }
    if (hasFailed(result, corrections)) process.exitCode = EXIT.EXPECTATION_FAILED;
  },
};

/** True when an entry that was mended did not land for all that, unless it was left out on purpose. */
export function hasFailed(
  { refused }: Pick<ReplayResult, 'refused'>,
  corrections: ReadonlyMap<string, Uint8Array>,
): boolean {
  return refused.some(({ id, reason }) => corrections.has(id) && reason !== 'not-selected');
}

/** What came of a replay as text. */
export function formatReplay({ entries, rows, already, finished, refused }: ReplayResult): string {
  const lines = [`Landed ${count(rows, 'row')} of ${count(entries, 'entry', 'entries')}.`];
  if (already > 0) lines.push(`${count(already, 'entry', 'entries')} had landed before.`);
  if (finished > 0) {
    lines.push(`${count(finished, 'object')} of a replay that had been broken off landed too.`);
  }
  if (refused.length > 0) {
    lines.push(`${count(refused.length, 'entry', 'entries')} did not land:`);
    for (const { id, reason } of refused.slice(0, REFUSED_TOLD_MAX)) {
      const advice = ADVICE[reason];
      lines.push(`  ${id}  ${reason}${advice === undefined ? '' : `: ${advice}`}`);
    }
    const more = refused.length - REFUSED_TOLD_MAX;
    if (more > 0) lines.push(`  and ${more.toLocaleString('en-US')} more; --json names all`);
  }
  return lines.join('\n');
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`;
}
