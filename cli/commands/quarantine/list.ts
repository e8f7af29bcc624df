import type { CommandModule } from 'yargs';
import { countQuarantine } from '../../../bridge/index.ts';
import type { QuarantineCounts } from '../../../bridge/index.ts';
import { refuseRepeats } from '../../repeats.ts';
import { printJson, printNote, printResult } from '../../terminal.ts';
import { tellFaults } from './faults.ts';
import { PLACE_OPTIONS, workAt } from './place.ts';
import type { PlaceArguments } from './place.ts';
import { readSelection, SELECT_OPTIONS } from './select.ts';
import type { SelectArguments } from './select.ts';

interface ListArguments extends PlaceArguments, SelectArguments {
  readonly ids: number;
  readonly json: boolean;
}

/** `stedi quarantine list`: what could not be taken, in numbers and names of entries. */
export const quarantineListCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'Count what could not be taken, by day, table and reason; shows nothing of it',
  builder: (yargs) =>
    yargs
      .options({
        ...PLACE_OPTIONS,
        ...SELECT_OPTIONS,
        ids: { describe: 'Ids to name of each group', type: 'number', default: 3 },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats([])),
  handler: async (argv) => {
    const selection = readSelection(argv);
    const idsMax = Math.max(0, argv.ids);
    const counts = await workAt(argv, (shelf) => countQuarantine(shelf, { selection, idsMax }));
    if (argv.json) printJson(counts);
    else {
      printResult(formatCounts(counts));
      for (const line of tellFaults(counts.faults)) printNote(line);
    }
  },
};

/** The counts as text. */
export function formatCounts({ groups }: QuarantineCounts): string {
  if (groups.length === 0) return 'Nothing is in quarantine.';
  const lines: string[] = [];
  for (const { day, table, reason, entries, replayed, ids } of groups) {
    const landed = replayed === 0 ? '' : `, ${replayed.toLocaleString('en-US')} landed again`;
    const count = entries.toLocaleString('en-US').padStart(9);
    lines.push(`${count}  ${day}  ${table.padEnd(21)}  ${reason}${landed}`);
    for (const id of ids) lines.push(`           ${id}`);
    const more = entries - replayed - ids.length;
    if (more > 0 && ids.length > 0) {
      lines.push(`           and ${more.toLocaleString('en-US')} more`);
    }
  }
  return lines.join('\n');
}
