import { once } from 'node:events';
import type { Argv, CommandModule } from 'yargs';
import { serveReplay } from '../../../device-bench/index.ts';
import { readRecordingFile } from '../../../simulator/index.ts';
import { UsageError } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { printNote, printResult } from '../../terminal.ts';
import { readLinkFolder } from '../link-folder.ts';

const SPEED = { min: 0.1, max: 100 };

interface ReplayArguments {
  readonly file: string;
  readonly link: string;
  readonly speed: number;
  readonly json: boolean;
}

/** `stedi device replay`: a recorded device on a port, until Ctrl-C. */
export const deviceReplayCommand: CommandModule<object, ReplayArguments> = {
  command: 'replay <file>',
  describe: 'Put a recorded device on a serial port that any program can open, until Ctrl-C',
  builder: (yargs) => describeArguments(yargs),
  handler: async ({ file, link: folder, speed, json }) => {
    const signal = interruptSignal();
    const recording = await readRecordingFile(file);
    const { header, durationMs, complete } = recording;
    const onEnd = (): void => printNote('The recording is over; the device lives on.');
    const replay = serveReplay({ recording, folder, speed, onEnd });
    try {
      const { link, path } = replay;
      const seconds = (durationMs / 1000).toFixed(1);
      const name = header.serial === undefined ? 'a device' : `${header.model} ${header.serial}`;
      if (json) printResult(JSON.stringify({ port: link, path, ...header, durationMs, complete }));
      else printResult(`${name}, recorded for ${seconds} s at ${header.baud} Bd, is on ${link}`);
      if (!complete) printNote(`${file} was cut off; what is there is played.`);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      replay.stop();
    }
  },
};

function describeArguments(yargs: Argv): Argv<ReplayArguments> {
  return yargs
    .positional('file', {
      describe: 'A recording of npx stedi device record',
      type: 'string',
      demandOption: true,
    })
    .options({
      link: {
        describe: 'Folder for the port ttySTEDI0, behind the word pty:',
        type: 'string',
        default: 'pty:./ports',
        coerce: readLinkFolder,
        requiresArg: true,
      },
      speed: {
        describe:
          'How many times faster than recorded; the clock of the device runs as much faster',
        type: 'number',
        default: 1,
        coerce: checkSpeed,
        requiresArg: true,
      },
      json: {
        describe: 'Print the port as one JSON document on one line, when it is open',
        type: 'boolean',
        default: false,
      },
    });
}

function checkSpeed(speed: number): number {
  if (speed >= SPEED.min && speed <= SPEED.max) return speed;
  throw new UsageError(`--speed takes a number from ${SPEED.min} to ${SPEED.max}.`);
}
