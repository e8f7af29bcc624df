import type { Argv, CommandModule } from 'yargs';
import { openDemoServer, PAGE_FOLDER, SPEED, startLiveDemo } from '../../dashboard/index.ts';
import type { DemoServer } from '../../dashboard/index.ts';
import { readWhole } from '../amounts.ts';
import { UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { isLoopback } from '../listen-address.ts';
import { refuseRepeats } from '../repeats.ts';
import { refuseNoSeed } from '../seed-argument.ts';
import { printNote, printResult } from '../terminal.ts';
import { openBrowser } from './open-browser.ts';

const PORT_MAX = 65_535;
const DEFAULT_PORT = 8_642;

interface DemoArguments {
  readonly file: string;
  readonly host: string;
  readonly port: number;
  readonly open: boolean;
  readonly seed: number | undefined;
  readonly speed: number;
  readonly serial: string[];
  readonly json: boolean;
}

/** `stedi demo`: a live run on a web page, until Ctrl-C. */
export const demoCommand: CommandModule<object, DemoArguments> = {
  command: 'demo [file]',
  describe: 'Show a live run on a web page: what really happens beside what the data says',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    refuseNoSeed(argv.seed);
    const { file, seed, speed, serial: serialPorts, host, port } = argv;
    const signal = interruptSignal();
    const server = await openDemoServer({
      host,
      port,
      page: PAGE_FOLDER,
      start: (stop) => startLiveDemo({ file, seed, speed, serialPorts }, stop),
    });
    try {
      await Promise.race([tellStarted(server, argv), interrupted(signal)]);
      await interrupted(signal);
    } finally {
      await server.close();
    }
  },
};

function describeArguments(yargs: Argv): Argv<DemoArguments> {
  return yargs
    .positional('file', {
      describe: 'Scenario file, or a name from "npx stedi list"',
      type: 'string',
      default: 'demo',
    })
    .options({
      host: {
        describe: 'Address to listen on; other machines reach the page if it is not this one’s own',
        type: 'string',
        default: '127.0.0.1',
        requiresArg: true,
      },
      port: {
        describe: 'Port to listen on; 0 takes a free one',
        type: 'string',
        default: DEFAULT_PORT,
        coerce: readWhole('--port', 0, PORT_MAX),
        requiresArg: true,
      },
      open: { describe: 'Open the page in a browser', type: 'boolean', default: false },
      seed: { describe: 'Seed of the run', type: 'number', requiresArg: true },
      speed: {
        describe: 'How many times faster than real time it goes at first',
        type: 'number',
        default: 1,
        coerce: readSpeed,
        requiresArg: true,
      },
      serial: {
        describe: 'Port of a real device that joins: a path, a pattern, or auto',
        type: 'string',
        array: true,
        default: [] as string[],
        requiresArg: true,
      },
      json: {
        describe: 'Print the address of the page as one JSON document on one line',
        type: 'boolean',
        default: false,
      },
    })
    .check(refuseRepeats(['serial']));
}

/** @throws UsageError */
function readSpeed(speed: number): number {
  if (speed >= SPEED.min && speed <= SPEED.max) return speed;
  throw new UsageError(`--speed takes a number from ${SPEED.min} to ${SPEED.max}.`);
}

/** Tells where the page is, as soon as the run goes on. Throws what kept it from that. */
async function tellStarted(
  server: DemoServer,
  { json, open, host }: Pick<DemoArguments, 'json' | 'open' | 'host'>,
): Promise<void> {
  const { facts } = await server.started;
  const { url } = server;
  // One line: a script that reads a line has the whole document, while the demo goes on.
  if (json)
    printResult(JSON.stringify({ url, file: facts.file, title: facts.title, seed: facts.seed }));
  else printResult(`${facts.title}, at seed ${facts.seed}\n${url}\nCtrl-C ends it.`);
  if (!isLoopback(host)) {
    printNote('Other machines can reach this page, and whoever reaches it can use its switches.');
  }
  if (open) openBrowser(url, printNote);
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
