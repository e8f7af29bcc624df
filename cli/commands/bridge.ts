import { once } from 'node:events';
import type { CommandModule } from 'yargs';
import { noticeLog, startBridge, StatusScreen, SystemTimers } from '../../bridge/index.ts';
import type { BridgeError, NoticeSink, RunningBridge } from '../../bridge/index.ts';
import { interruptSignal } from '../interrupt.ts';
import { printJson, printNote } from '../terminal.ts';
import { describeArguments } from './bridge-arguments.ts';
import type { BridgeArguments } from './bridge-arguments.ts';
import { readSettings } from './bridge-settings.ts';

/** How long what is left may take to land in the end, in ms. */
const GRACE_MS = 10_000;

/** `stedi bridge`: lands what real devices, phones and brokers send, until Ctrl-C. */
export const bridgeCommand: CommandModule<object, BridgeArguments> = {
  command: 'bridge',
  describe: 'Land what serial ports, phones and brokers send, and lose nothing, until Ctrl-C',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const settings = readSettings(argv, process.env);
    const signal = interruptSignal();
    const view = openView(argv);
    try {
      const bridge = await startBridge({ ...settings, notices: view.notices });
      view.show(bridge);
      await runToItsEnd(bridge, signal, view.notices);
      view.close();
      tellCounts(bridge, argv.json);
    } finally {
      view.close();
    }
  },
};

/** What people or a log are shown while the bridge runs. */
interface View {
  readonly notices: NoticeSink;
  show(bridge: RunningBridge): void;
  close(): void;
}

function openView(argv: BridgeArguments): View {
  const isTerminal = process.stderr.isTTY === true;
  const level = argv['log-level'];
  if ((argv['log-format'] ?? (isTerminal ? 'text' : 'json')) === 'json') {
    return {
      notices: noticeLog(process.stderr, level),
      show: () => undefined,
      close: () => undefined,
    };
  }
  const timers = new SystemTimers();
  const screen = new StatusScreen({ screen: process.stderr, level, timers });
  const canMove = isTerminal && process.env['TERM'] !== 'dumb' && level !== 'silent';
  return {
    notices: screen,
    show: (bridge) => {
      if (canMove) screen.show(() => bridge.status);
    },
    close: () => {
      screen.close();
      timers.stop();
    },
  };
}

/** @throws BridgeError when the bridge could not go on, or could not keep what it had taken last */
async function runToItsEnd(
  bridge: RunningBridge,
  signal: AbortSignal,
  notices: NoticeSink,
): Promise<void> {
  const failure = await Promise.race([bridge.failed, interrupted(signal)]);
  if (failure === undefined) {
    const text = `Stopping: what is left is landed, for up to ${GRACE_MS / 1000} s. Stop it again to leave the rest in the spool at once.`;
    notices.notice({ level: 'info', part: 'bridge', text });
  }
  try {
    await bridge.close(GRACE_MS);
  } catch (error) {
    throw failure ?? error;
  }
  if (failure !== undefined) throw failure;
}

async function interrupted(signal: AbortSignal): Promise<BridgeError | undefined> {
  if (!signal.aborted) await once(signal, 'abort');
  return undefined;
}

function tellCounts({ counts }: RunningBridge, json: boolean): void {
  if (json) printJson(counts);
  else printNote(`Landed ${counts.landed} readings, quarantined ${counts.quarantined} lines.`);
}
