import { createInterface } from 'node:readline';
import type { Argv, CommandModule } from 'yargs';
import { columnsOfText, padText } from '../../presentation/index.ts';
import { MOTION_PROFILES, seededStreams, TrainerPorts, WallTime } from '../../simulator/index.ts';
import type { MotionProfile, TrainerPort } from '../../simulator/index.ts';
import { UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { refuseRepeats } from '../repeats.ts';
import { printNote, printResult } from '../terminal.ts';
import { checkBaud, DEFAULT_BAUD } from './device/baud-rates.ts';
import { readLinkFolder } from './link-folder.ts';
import { carryOutOrder } from './simulate-orders.ts';

const TRAINERS_MAX = 100;

interface SimulateArguments {
  readonly trainers: number;
  readonly link: string;
  readonly baud: number;
  readonly profile: MotionProfile;
  readonly seed: number;
  readonly json: boolean;
}

/** `stedi simulate`: virtual trainers on ports that any program can open, until Ctrl-C. */
export const simulateCommand: CommandModule<object, SimulateArguments> = {
  command: 'simulate',
  describe: 'Put virtual trainers on serial ports that any program can open, until Ctrl-C',
  builder: (yargs) => describeArguments(yargs),
  handler: async ({ trainers, link: folder, baud, profile, seed, json }) => {
    const signal = interruptSignal();
    const timers = new WallTime(Date.now(), 1);
    const streams = seededStreams(seed);
    const options = { folder, trainers, baudRate: baud, profile, streams, timers };
    const ports = new TrainerPorts(options);
    try {
      // One line: a script that reads a line has the whole document, while the trainers go on.
      if (json) printResult(JSON.stringify({ folder, baud, seed, trainers: ports.ports }));
      else printResult(portTable(ports.ports, baud));
      await obeyUntilEnd(ports, signal);
    } finally {
      ports.close();
      timers.stop();
    }
  },
};

function describeArguments(yargs: Argv): Argv<SimulateArguments> {
  return yargs
    .options({
      trainers: {
        describe: 'How many trainers',
        type: 'number',
        default: 1,
        coerce: (count: number) => checkWhole('--trainers', count, 1, TRAINERS_MAX),
      },
      link: {
        describe: 'Folder for the ports ttySTEDI0, ttySTEDI1, …, behind the word pty:',
        type: 'string',
        default: 'pty:./ports',
        coerce: readLinkFolder,
      },
      baud: {
        describe: 'Baud rate: the pace at which bytes come and go',
        type: 'number',
        default: DEFAULT_BAUD,
        coerce: checkBaud,
      },
      profile: {
        describe: 'How people move on the trainers',
        choices: MOTION_PROFILES,
        default: 'continuous' as const,
      },
      seed: {
        describe: 'Serial numbers, clocks and motion follow from it',
        type: 'number',
        default: 1,
        coerce: (seed: number) => checkWhole('--seed', seed, 0, Number.MAX_SAFE_INTEGER),
      },
      json: {
        describe: 'Print the ports as one JSON document on one line, when all are open',
        type: 'boolean',
        default: false,
      },
    })
    .check(refuseRepeats([]));
}

function checkWhole(option: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}.`);
}

/** Takes orders until one of them, or a signal, ends it. The end of stdin does not: a script may have said all. */
function obeyUntilEnd(ports: TrainerPorts, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, terminal: false });
    const end = (): void => {
      lines.close();
      process.stdin.destroy();
      resolve();
    };
    // A terminal that hangs up, or that belongs to another job, is as good as one that nobody types on.
    process.stdin.on('error', () => lines.close());
    lines.on('line', (line) => {
      const answer = carryOutOrder(ports, line);
      if (answer !== undefined) printNote(answer.text);
      if (answer?.quit === true) end();
    });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function portTable(ports: readonly TrainerPort[], baud: number): string {
  const rows = [
    ['PORT', 'DEVICE', 'SERIAL NUMBER', 'MODEL', 'PROFILE'],
    ...ports.map(({ link, path = '', serialNumber, model, profile }) => [
      link,
      path,
      serialNumber,
      model,
      profile,
    ]),
  ];
  const widths = (rows[0] as string[]).map((_, column) =>
    Math.max(...rows.map((row) => columnsOfText(row[column] as string))),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padText(cell, widths[column] as number, 'left'))
      .join('  ')
      .trimEnd(),
  );
  const first = ports[0]?.link ?? '';
  return [
    ...lines,
    '',
    `Try:  screen ${first} ${baud}`,
    `      npx stedi device check ${first}${baud === DEFAULT_BAUD ? '' : ` --baud ${baud}`}`,
    'Type "help" for what can happen to them, Ctrl-C to stop.',
  ].join('\n');
}
