import type { Argv, CommandModule } from 'yargs';
import {
  findShortfall,
  formatCheck,
  prepareArtifacts,
  REPORT_KINDS,
  runKit,
  runTwin,
  toCheckDocument,
  writeArtifacts,
} from '../../../device-bench/index.ts';
import type { CheckTarget, KitReport, ReportKind } from '../../../device-bench/index.ts';
import { LEVELS } from '../../../firmware-protocol/index.ts';
import type { Level } from '../../../firmware-protocol/index.ts';
import { EXIT, UsageError } from '../../exit-codes.ts';
import type { ExitCode } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { refuseRepeats } from '../../repeats.ts';
import { printJson, printNote, printResult, terminalStyle } from '../../terminal.ts';
import { followActs } from './act-progress.ts';
import { openBody } from './body.ts';
import type { Body } from './body.ts';
import { withPort } from './choose-port.ts';
import type { PortArguments } from './choose-port.ts';

interface CheckArguments extends PortArguments {
  readonly level: Level | undefined;
  readonly report: ReportKind[];
  readonly out: string;
  readonly json: boolean;
}

/** The highest level there is. */
const LEVEL_MAX: Level = 'L3';

/** `stedi device check`: runs the conformance kit on a device. */
export const deviceCheckCommand: CommandModule<object, CheckArguments> = {
  command: 'check [port]',
  describe: 'Test whether a device keeps the serial protocol, rule by rule',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const { level, report: kinds, out, json } = argv;
    if (out === '') throw new UsageError('--out takes the name of a folder.');
    await prepareArtifacts(out, kinds);
    const signal = interruptSignal();
    const asked = { level: level ?? LEVEL_MAX, isLevelDemanded: level !== undefined };
    const body = await openBody(argv, asked);
    const { target } = body;
    const report = await testBody(body, signal);
    if (!json) printResult(formatCheck(report, target, terminalStyle()));
    const artifacts = await writeArtifacts({ report, target, folder: out, kinds });
    if (json) printJson({ ...toCheckDocument(report, target), artifacts });
    printNote(`Written: ${artifacts.join(', ')}`);
    process.exitCode = exitCodeOf(report, target, signal.aborted);
  },
};

function describeArguments(yargs: Argv): Argv<CheckArguments> {
  return withPort(yargs)
    .options({
      level: {
        describe:
          'Level that the device has to reach, and the highest to test; without it, what the device claims is tested',
        choices: LEVELS,
        // The choices are checked behind it.
        coerce: (level: string | undefined) => level?.toUpperCase() as Level | undefined,
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
    })
    .check(refuseRepeats(['report']));
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

async function testBody({ device, target }: Body, signal: AbortSignal): Promise<KitReport> {
  const { level } = target;
  const progress = followActs();
  signal.addEventListener('abort', sayStopping, { once: true });
  try {
    const report = await runKit(device, { level, signal, onProgress: progress.begin });
    return isBroken(report) ? runTwin(report, { level, byteMs: device.byteMs }) : report;
  } finally {
    signal.removeEventListener('abort', sayStopping);
    progress.stop();
    await device.close();
  }
}

/** On a terminal, the line of the progress is left as it is. */
function sayStopping(): void {
  const start = process.stderr.isTTY === true ? '\n' : '';
  printNote(`${start}Stopping the device; press Ctrl-C again to leave at once.`);
}

/** What is broken weighs more than what could not be tested. */
function exitCodeOf(report: KitReport, target: CheckTarget, isInterrupted: boolean): ExitCode {
  if (isInterrupted) return EXIT.INTERRUPTED;
  if (isBroken(report) || report.keptStreaming !== undefined) return EXIT.EXPECTATION_FAILED;
  if (report.stopped !== undefined) return EXIT.ENVIRONMENT;
  const isPassed = report.verdict === 'passed' && findShortfall(report, target) === undefined;
  return isPassed ? EXIT.PASS : EXIT.EXPECTATION_FAILED;
}

function isBroken({ rules }: KitReport): boolean {
  return rules.some(({ verdict }) => verdict === 'failed');
}
