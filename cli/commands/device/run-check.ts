/** One check of an open device: the kit, the twin, and what is told of them. */
import {
  findShortfall,
  formatCheck,
  runKit,
  runTwin,
  toCheckDocument,
  writeArtifacts,
} from '../../../device-bench/index.ts';
import type { CheckTarget, KitParts, KitReport, ReportKind } from '../../../device-bench/index.ts';
import { EXIT } from '../../exit-codes.ts';
import type { ExitCode } from '../../exit-codes.ts';
import { printJson, printNote, printResult, terminalStyle } from '../../terminal.ts';
import { followActs } from './act-progress.ts';
import type { Body } from './body.ts';

/** What becomes of a check. */
export interface CheckTask {
  readonly kinds: readonly ReportKind[];
  /** Where the byte log and the reports go. */
  readonly folder: string;
  readonly json: boolean;
  /** Stops the check early. */
  readonly signal: AbortSignal;
  /** What the kit is made of; the kit of STL/1 unless given. */
  readonly parts?: KitParts;
}

/**
 * Checks a device, closes it, prints the outcome and writes the artifacts, also those of a check that crashed.
 *
 * @throws BenchError `OUTPUT_UNWRITABLE`
 */
export async function runCheck(body: Body, task: CheckTask): Promise<ExitCode> {
  const { target } = body;
  const { kinds, folder, json, signal } = task;
  const report = await testBody(body, task);
  if (!json) printResult(formatCheck(report, target, terminalStyle()));
  const artifacts = await writeArtifacts({ report, target, folder, kinds });
  if (json) printJson({ ...toCheckDocument(report, target), artifacts });
  printNote(`Written: ${artifacts.join(', ')}`);
  for (const defect of [report.crashed, report.twinFailure]) {
    if (defect === undefined) continue;
    printNote(`This is a defect of stedi, please report it with ${artifacts[0]}: ${defect}`);
  }
  return exitCodeOf(report, target, signal.aborted);
}

async function testBody(
  { device, target }: Body,
  { signal, parts }: CheckTask,
): Promise<KitReport> {
  const { level } = target;
  const progress = followActs();
  signal.addEventListener('abort', sayStopping, { once: true });
  try {
    const report = await runKit(device, {
      level,
      signal,
      onProgress: progress.begin,
      ...(parts !== undefined && { parts }),
    });
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

/** A crash makes everything else doubtful; what is broken weighs more than what could not be tested. */
function exitCodeOf(report: KitReport, target: CheckTarget, isInterrupted: boolean): ExitCode {
  if (report.crashed !== undefined) return EXIT.CRASH;
  if (isInterrupted) return EXIT.INTERRUPTED;
  if (isBroken(report) || report.keptStreaming !== undefined) return EXIT.EXPECTATION_FAILED;
  if (report.stopped !== undefined) return EXIT.ENVIRONMENT;
  const isPassed = report.verdict === 'passed' && findShortfall(report, target) === undefined;
  return isPassed ? EXIT.PASS : EXIT.EXPECTATION_FAILED;
}

function isBroken({ rules }: KitReport): boolean {
  return rules.some(({ verdict }) => verdict === 'failed');
}
