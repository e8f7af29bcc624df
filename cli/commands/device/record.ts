import { existsSync } from 'node:fs';
import type { Argv, CommandModule } from 'yargs';
import { openSerialDevice, recordDevice } from '../../../device-bench/index.ts';
import type { RecordCounts, RecordResult } from '../../../device-bench/index.ts';
import { checkRecordingPlace } from '../../../simulator/index.ts';
import { EXIT, UsageError } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { openProgress, printJson, printNote, printResult } from '../../terminal.ts';
import { choosePort, withPort } from './choose-port.ts';
import type { PortArguments } from './choose-port.ts';
import { readDuration } from './duration.ts';

interface RecordArguments extends PortArguments {
  readonly out: string;
  readonly duration: number | undefined;
  readonly passive: boolean;
  readonly 'to-scenario': string | undefined;
  readonly json: boolean;
}

const ENDS: Readonly<Record<RecordResult['reason'], string>> = {
  duration: 'the time is over',
  stopped: 'stopped',
  'device-gone': 'the device is gone',
  full: 'the recording is as large as one may be',
};

/** `stedi device record`: keeps what passes between a host and a device. */
export const deviceRecordCommand: CommandModule<object, RecordArguments> = {
  command: 'record [port]',
  describe:
    'Record a device: bytes in both directions with their times, and nothing that is personal',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const { out, passive, duration, json } = argv;
    const scenario = argv['to-scenario'];
    if (out === '') throw new UsageError('--out takes the name of a file.');
    if (scenario !== undefined && existsSync(scenario)) {
      throw new UsageError(`${scenario} exists already. Choose another name for the scenario.`);
    }
    checkRecordingPlace(out);
    const signal = interruptSignal();
    const { path, baudRate: baud } = await choosePort(argv);
    const device = await openSerialDevice({ path, baudRate: baud });
    const progress = openProgress(1);
    progress.begin(`Recording ${path}`);
    let result: RecordResult;
    try {
      const onProgress = (counts: RecordCounts): void =>
        progress.update(describeCounts(counts), duration === undefined ? 0 : counts.ms / duration);
      const options = { path: out, baud, durationMs: duration, passive, signal, onProgress };
      result = await recordDevice(device, options);
    } finally {
      progress.stop();
      await device.close();
    }
    const written = scenario === undefined ? undefined : await writeScenario(scenario, out);
    if (json) printJson({ ...result, file: out, scenario: written });
    else printResult(`${out}: ${describeCounts(result)}; ${ENDS[result.reason]}.`);
    if (scenario !== undefined) printNote(`Run it with:  npx stedi run ${scenario}`);
    if (result.reason === 'device-gone') process.exitCode = EXIT.ENVIRONMENT;
  },
};

/** Loads the scenarios on use: with them every command about a device would take twice the time to start. */
async function writeScenario(path: string, recording: string): Promise<string> {
  const { writeRecordedScenario } = await import('../../../scenarios/index.ts');
  return writeRecordedScenario(path, recording);
}

function describeCounts({ ms, lines, readings, rejected }: RecordCounts): string {
  return `${(ms / 1000).toFixed(1)} s, ${lines} lines, ${readings} readings, ${rejected} rejected`;
}

function describeArguments(yargs: Argv): Argv<RecordArguments> {
  return withPort(yargs).options({
    out: {
      describe: 'File of the recording, such as board.stlrec',
      type: 'string',
      demandOption: true,
      requiresArg: true,
    },
    duration: {
      describe: 'How long, such as 30s or 5m; until Ctrl-C when left out',
      type: 'string',
      coerce: (text: string | undefined) =>
        text === undefined ? undefined : readDuration('--duration', text),
      requiresArg: true,
    },
    passive: {
      describe: 'Only listen: the device is not identified, started or stopped',
      type: 'boolean',
      default: false,
    },
    'to-scenario': {
      describe: 'Also write a scenario in which the recorded device takes part, such as board.yaml',
      type: 'string',
      requiresArg: true,
    },
    json: { describe: 'Print one JSON document', type: 'boolean', default: false },
  }) as Argv<RecordArguments>;
}
