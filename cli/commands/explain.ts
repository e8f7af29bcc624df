import type { CommandModule } from 'yargs';
import {
  explainOracle,
  explainReading,
  explainRun,
  findRun,
  formatLife,
  formatOracle,
  formatOverview,
} from '../../scenarios/index.ts';
import { UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { refuseRepeats } from '../repeats.ts';
import { printJson, printNote, printResult, terminalStyle } from '../terminal.ts';

interface ExplainArguments {
  readonly run: string;
  readonly reading: string[];
  readonly oracle: string | undefined;
  readonly personal: boolean;
  readonly out: string;
  readonly json: boolean;
}

/** `stedi explain`: tells what happened in a run, to one reading, or to the rows that an oracle complains about. */
export const explainCommand: CommandModule<object, ExplainArguments> = {
  command: 'explain <run> [reading..]',
  describe: "Tell one reading's life from motion to row, or what an oracle complains about",
  builder: (yargs) =>
    yargs
      .positional('run', {
        describe: 'Folder of a run, or its name below the folder of runs',
        type: 'string',
        demandOption: true,
      })
      .positional('reading', {
        describe:
          'Id of a reading, or "person 7 at 14:02:11.5", or a row: "serial|time|distance", "user|time|x|y|z" or its JSON',
        type: 'string',
        array: true,
        default: [] as string[],
      })
      .options({
        oracle: {
          describe: 'Show the rows that this oracle complains about, each beside the truth',
          type: 'string',
          requiresArg: true,
        },
        out: {
          describe: 'Folder of runs',
          type: 'string',
          default: 'stedi-out',
          requiresArg: true,
        },
        personal: {
          describe: 'Show e-mails of a reading as they are; if not given, they are hidden',
          type: 'boolean',
          default: false,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .example('$0 explain phone-sends-twice', 'What there is to explain in a run')
      .example('$0 explain phone-sends-twice 412', 'The life of reading 412')
      .example('$0 explain phone-sends-twice --oracle privacy.leaks', 'Rows that leak')
      .check(refuseRepeats(['reading'])),
  handler: async ({ run: name, reading, oracle, personal, out, json }) => {
    const wanted = reading.map(String).join(' ').trim();
    if (wanted !== '' && oracle !== undefined) {
      throw new UsageError('Give a reading or --oracle, not both.');
    }
    if (wanted === '' && personal) {
      throw new UsageError('--personal goes with a reading; nothing else shows personal data.');
    }
    const run = await findRun(name, out);
    const style = terminalStyle();
    const signal = interruptSignal();
    const print = <Told>(told: Told, format: (told: Told, of: typeof style) => string): void =>
      json ? printJson(told) : printResult(format(told, style));
    if (oracle !== undefined) {
      print(await explainOracle(run, oracle, signal), formatOracle);
    } else if (wanted === '') {
      print(await explainRun(run), formatOverview);
    } else {
      const onRetrace = (): void => printNote('The run is made once more to look at the reading …');
      print(await explainReading(run, wanted, { signal, personal, onRetrace }), formatLife);
    }
  },
};
