import type { Argv, CommandModule } from 'yargs';
import {
  formatCheck,
  openSerialDevice,
  refuseForeignArtifacts,
  REPORT_KINDS,
  runKit,
  toCheckDocument,
  writeArtifacts,
} from '../../../device-bench/index.ts';
import type {
  CheckTarget,
  DeviceLink,
  KitReport,
  ReportKind,
} from '../../../device-bench/index.ts';
import { LEVELS } from '../../../firmware-protocol/index.ts';
import type { Level } from '../../../firmware-protocol/index.ts';
import { EXIT, UsageError } from '../../exit-codes.ts';
import type { ExitCode } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { printJson, printNote, printResult, terminalStyle } from '../../terminal.ts';
import { followActs } from './act-progress.ts';
import { choosePort, withPort } from './choose-port.ts';
import type { PortArguments } from './choose-port.ts';

interface CheckArguments extends PortArguments {
  readonly level: Level;
  readonly report: ReportKind[];
  readonly out: string;
  readonly json: boolean;
}

/** `stedi device check`: runs the conformance kit on a device. */
export const deviceCheckCommand: CommandModule<object, CheckArguments> = {
  command: 'check [port]',
  describe: 'Test whether a device keeps the serial protocol, rule by rule',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const { level, report: kinds, out, json } = argv;
    if (out === '') throw new UsageError('--out takes the name of a folder.');
    await refuseForeignArtifacts(out, kinds);
    const signal = interruptSignal();
    const body = await openBody(argv);
    const report = await testBody(body, level, signal);
    const { target } = body;
    const artifacts = await writeArtifacts({ report, target, folder: out, kinds });
    if (json) printJson({ ...toCheckDocument(report, target), artifacts });
    else printResult(formatCheck(report, target, terminalStyle()));
    printNote(`Written: ${artifacts.join(', ')}`);
    process.exitCode = exitCodeOf(report, signal.aborted);
  },
};

function describeArguments(yargs: Argv): Argv<CheckArguments> {
  return withPort(yargs).options({
    level: {
      describe: 'Highest level to test',
      choices: LEVELS,
      default: 'L3' as const,
      requiresArg: true,
    },
    report: {
      describe: `Reports to write beside the byte log: ${REPORT_KINDS.join(', ')}`,
      type: 'string',
      default: [] as ReportKind[],
      defaultDescription: 'none',
      coerce: parseReports,
      requiresArg: true,
    },
    out: {
      describe: 'Folder for the byte log and the reports',
      type: 'string',
      default: 'stedi-out/device-check',
      requiresArg: true,
    },
    json: { describe: 'Print one JSON document', type: 'boolean', default: false },
  });
}

/** Takes `junit,html` as well as several options. */
function parseReports(given: string | readonly string[]): ReportKind[] {
  const words = [given].flat().flatMap((text) => text.split(','));
  return words.map((word) => {
    const kind = REPORT_KINDS.find((known) => known === word.trim());
    if (kind !== undefined) return kind;
    throw new UsageError(`--report takes ${REPORT_KINDS.join(' and ')}, not "${word}".`);
  });
}

/** What is tested: a device in some body, and how to let go of it. */
interface Body {
  readonly link: DeviceLink;
  readonly target: CheckTarget;
  close(): Promise<void>;
}

async function openBody(argv: CheckArguments): Promise<Body> {
  const { level } = argv;
  const { path, baudRate } = await choosePort(argv);
  const device = await openSerialDevice({ path, baudRate });
  return { link: device, target: { port: path, baudRate, level }, close: () => device.close() };
}

async function testBody(body: Body, level: Level, signal: AbortSignal): Promise<KitReport> {
  const progress = followActs();
  try {
    return await runKit(body.link, { level, signal, onProgress: progress.begin });
  } finally {
    progress.stop();
    await body.close();
  }
}

/** What is broken weighs more than what could not be tested. */
function exitCodeOf(report: KitReport, isInterrupted: boolean): ExitCode {
  if (isInterrupted) return EXIT.INTERRUPTED;
  const isBroken = report.rules.some(({ verdict }) => verdict === 'failed');
  if (isBroken || report.keptStreaming !== undefined) return EXIT.EXPECTATION_FAILED;
  if (report.stopped !== undefined) return EXIT.ENVIRONMENT;
  return report.verdict === 'passed' ? EXIT.PASS : EXIT.EXPECTATION_FAILED;
}
