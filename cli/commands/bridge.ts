import type { CommandModule } from 'yargs';
import { noticeLog, plural, startBridge, StatusScreen, SystemTimers } from '../../bridge/index.ts';
import type { NoticeSink, RunningBridge } from '../../bridge/index.ts';
import { explainFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { printJson } from '../terminal.ts';
import { describeArguments } from './bridge-arguments.ts';
import type { BridgeArguments } from './bridge-arguments.ts';
import { runToItsEnd } from './bridge-end.ts';
import { readSettings } from './bridge-settings.ts';

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
      tellCounts(bridge, argv.json, view.notices);
    } catch (error) {
      if (!isLog(argv)) throw error;
      logFailure(error);
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

/** Whether programs read what is told. */
function isLog(argv: BridgeArguments): boolean {
  return (argv['log-format'] ?? (process.stderr.isTTY ? 'text' : 'json')) === 'json';
}

/** Why a bridge ends is told at any level. */
function logFailure(error: unknown): void {
  const { exit, text } = explainFailure(error);
  noticeLog(process.stderr, 'error').notice({ level: 'error', part: 'bridge', text });
  process.exitCode = exit;
}

function openView(argv: BridgeArguments): View {
  const isTerminal = process.stderr.isTTY === true;
  const level = argv['log-level'];
  if (isLog(argv)) {
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

function tellCounts({ counts }: RunningBridge, json: boolean, notices: NoticeSink): void {
  if (json) return printJson(counts);
  const landed = plural(counts.landed, 'reading');
  const text = `Landed ${landed}, quarantined ${plural(counts.quarantined, 'line')}.`;
  notices.notice({ level: 'info', part: 'bridge', text });
}
