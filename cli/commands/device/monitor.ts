import type { Argv, CommandModule } from 'yargs';
import {
  describeEvent,
  LiveScreen,
  NEW_MONITOR,
  openSerialDevice,
  renderFrame,
  stepMonitor,
  toEventDocument,
  watchDevice,
} from '../../../device-bench/index.ts';
import type { MonitorEvent, MonitorState, SerialDevice } from '../../../device-bench/index.ts';
import { EXIT } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { printNote, printResult } from '../../terminal.ts';
import { choosePort, withPort } from './choose-port.ts';
import type { PortArguments } from './choose-port.ts';
import { stopWhenUnread } from './unread.ts';

/** Ten frames a second. */
const FRAME_MS = 100;
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

interface MonitorArguments extends PortArguments {
  readonly passive: boolean;
  readonly json: boolean;
}

/** `stedi device monitor`: a decoded live view of one device. */
export const deviceMonitorCommand: CommandModule<object, MonitorArguments> = {
  command: 'monitor [port]',
  describe: 'Watch what a device says, decoded: signal, rate, gaps, errors, clock; until Ctrl-C',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const signal = stopWhenUnread(interruptSignal());
    const { path, baudRate } = await choosePort(argv);
    const device = await openSerialDevice({ path, baudRate });
    const view = openView(device, argv.json);
    try {
      const { passive } = argv;
      const end = await watchDevice(device, { passive, signal, onEvent: view.take });
      if (end === 'stopped') return;
      process.exitCode = EXIT.ENVIRONMENT;
      view.close();
      printNote(device.failure?.message ?? `The device on ${path} is gone.`);
    } finally {
      view.close();
      await device.close();
    }
  },
};

function describeArguments(yargs: Argv): Argv<MonitorArguments> {
  return withPort(yargs).options({
    passive: {
      describe: 'Only listen: the device is not identified, started or stopped',
      type: 'boolean',
      default: false,
    },
    json: { describe: 'Print each event as one line of JSON', type: 'boolean', default: false },
  });
}

/** Where events go. */
interface View {
  readonly take: (event: MonitorEvent) => void;
  readonly close: () => void;
}

function openView(device: SerialDevice, json: boolean): View {
  if (json) {
    return {
      take: (event) => printResult(JSON.stringify(toEventDocument(event))),
      close: () => undefined,
    };
  }
  const isScreen = process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  return isScreen ? openScreen(device) : { take: printEvent, close: () => undefined };
}

function printEvent(event: MonitorEvent): void {
  const text = describeEvent(event);
  if (text !== undefined) printResult(text);
}

function openScreen({ timers }: SerialDevice): View {
  const screen = new LiveScreen(process.stdout);
  let state: MonitorState = NEW_MONITOR;
  let isOpen = true;
  const draw = (): void => {
    const { columns, rows } = process.stdout;
    const lines = renderFrame(
      state,
      {
        columns: columns || DEFAULT_COLUMNS,
        // The cursor stands in the line below the frame.
        rows: (rows || DEFAULT_ROWS) - 1,
        color: process.env['NO_COLOR'] === undefined,
        unicode: speaksUnicode(),
      },
      timers.now(),
    );
    screen.draw(lines);
  };
  const tick = (): void => {
    if (!isOpen) return;
    draw();
    timers.at(timers.now() + FRAME_MS, tick);
  };
  tick();
  return {
    take: (event) => (state = stepMonitor(state, event)),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      draw();
      screen.close();
    },
  };
}

/** By the locale, as other programs find out. */
function speaksUnicode(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}
