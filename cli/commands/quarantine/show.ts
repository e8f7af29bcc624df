import type { CommandModule } from 'yargs';
import { findEntry, findReplay, parseEntryId } from '../../../bridge/index.ts';
import type { Entry, EntryReplay, ObjectShelf } from '../../../bridge/index.ts';
import { withoutControls } from '../../../presentation/index.ts';
import { UsageError } from '../../exit-codes.ts';
import { refuseRepeats } from '../../repeats.ts';
import { printJson, printResult } from '../../terminal.ts';
import { PLACE_OPTIONS, workAt } from './place.ts';
import type { PlaceArguments } from './place.ts';

interface ShowArguments extends PlaceArguments {
  readonly id: string;
  readonly raw: boolean;
  readonly json: boolean;
}

/** `stedi quarantine show ID`: one entry with everything, the original included. */
export const quarantineShowCommand: CommandModule<object, ShowArguments> = {
  command: 'show <id>',
  describe: 'Show one entry with its original, which may hold personal data',
  builder: (yargs) =>
    yargs
      .positional('id', {
        describe: 'Entry, as "stedi quarantine list" names it',
        type: 'string',
        demandOption: true,
      })
      .options({
        ...PLACE_OPTIONS,
        raw: {
          describe: 'Print the bytes of the original and nothing else',
          type: 'boolean',
          default: false,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats([])),
  handler: async (argv) => {
    if (argv.raw && argv.json) throw new UsageError('Give --raw or --json, not both.');
    const place = parseEntryId(argv.id);
    const found = place && (await workAt(argv, (shelf) => findWithReplay(shelf, place)));
    if (found === undefined) {
      throw new UsageError(
        `There is no entry "${withoutControls(argv.id)}". "stedi quarantine list" names those that there are.`,
      );
    }
    const { entry, replay } = found;
    if (argv.raw) process.stdout.write(entry.original);
    else if (argv.json) printJson(describeEntry(entry, replay));
    else printResult(formatEntry(entry, replay));
  },
};

async function findWithReplay(
  shelf: ObjectShelf,
  place: Pick<Entry, 'object' | 'line'>,
): Promise<{ readonly entry: Entry; readonly replay: EntryReplay | undefined } | undefined> {
  const entry = await findEntry(shelf, place);
  return entry && { entry, replay: await findReplay(shelf, place) };
}

/**
 * An entry as a JSON document; `original` is text where the bytes are UTF-8, else base64. What a replay made of it is
 * `landedIn` (the key of an object), `landedRows` and `landedAt`.
 */
export function describeEntry(
  entry: Entry,
  replay?: EntryReplay,
): Readonly<Record<string, unknown>> {
  const { id, object, reason, rule, source, position, arrivedAt, originalTopic } = entry;
  const bytes = Buffer.from(entry.original);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes);
  return {
    id,
    table: object.table,
    reason,
    rule,
    source,
    position,
    arrivedAt,
    encoding: isText ? 'utf8' : 'base64',
    original: isText ? text : bytes.toString('base64'),
    originalBytes: entry.originalBytes ?? bytes.length,
    originalTopic,
    landedIn: replay?.object,
    landedRows: replay?.rows,
    landedAt: replay?.landedMs,
  };
}

/** An entry as text. Nothing of the original reaches the terminal as a command. */
export function formatEntry(entry: Entry, replay?: EntryReplay): string {
  const arrivedAt = new Date(entry.arrivedAt).toISOString();
  return Object.entries({ ...describeEntry(entry, replay), arrivedAt, landedAt: tellTime(replay) })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(14)}${withoutControls(String(value))}`)
    .join('\n');
}

function tellTime(replay: EntryReplay | undefined): string | undefined {
  if (replay === undefined) return undefined;
  if (replay.landedMs !== undefined) return new Date(replay.landedMs).toISOString();
  return 'not yet: the replay was broken off; the next one lands it';
}
