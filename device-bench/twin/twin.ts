import { isSerialNumber, RATE_HZ_MAX } from '../../firmware-protocol/index.ts';
import type { Level } from '../../firmware-protocol/index.ts';
import { seededStreams, STEP_TRAINER } from '../../simulator/index.ts';
import type { TrainerProduct } from '../../simulator/index.ts';
import { findDeparture } from '../core/departure.ts';
import type { KitReport, RuleResult, TestedDevice } from '../core/kit-report.ts';
import type { MeantLine } from '../core/meant-line.ts';
import { readLine } from '../core/read-line.ts';
import { tellError } from '../core/tell-error.ts';
import type { TranscriptEntry } from '../core/transcript.ts';
import { runOnBoard } from './run-on-board.ts';
import type { BoardUnderTest } from './run-on-board.ts';

/** How the device was tested: its twin is tested in the same way. */
export interface TwinTask {
  readonly level: Level;
  readonly seed?: string;
  /** Time of one byte on the device's line in ms; 0 for a line without a pace. */
  readonly byteMs: number;
}

const BITS_PER_BYTE = 10;
/** The pace of a line that has none: fast enough not to matter. */
const BAUD_RATE_MAX = 1_000_000;
/** Steps of a twin that reports steps: the device's own are not known. */
const STEP_PERIOD_MS = 500;
/** Names that a virtual board can say. */
const MODEL = /^[0-9A-Za-z-]{1,7}$/;
const FIRMWARE = /^[0-9A-Za-z.-]{1,8}$/;

/**
 * Runs the kit on a virtual board with the device's identity, options and baud rate, and gives the device's report back
 * with the first departure from this twin in the result of every failed rule. Takes no time but that of the computation.
 * A twin that fails costs the departures alone; the report says so. `run` runs the kit on the twin.
 */
export function runTwin(
  report: KitReport,
  task: TwinTask,
  run: typeof runOnBoard = runOnBoard,
): KitReport {
  if (report.verdict === 'passed') return report;
  const { level, seed } = task;
  // A reset that the device was not asked for would shift everything that the twin is told later.
  const canReset = report.transcript.some(({ kind }) => kind === 'reset');
  try {
    const twin = run(describeTwin(report, task), {
      level,
      ...(seed !== undefined && { seed }),
      canReset,
    });
    if (twin.crashed !== undefined) return withoutTwin(report, twin.crashed);
    return compareWithTwin(report, twin);
  } catch (error) {
    return withoutTwin(report, tellError(error));
  }
}

function withoutTwin(report: KitReport, what: string): KitReport {
  const sentence = what.replace(/[^.]$/, '$&.');
  return { ...report, twinFailure: `There is no comparison with a virtual twin: ${sentence}` };
}

/** The report of a device with its departures from the twin whose report is `twin`. */
export function compareWithTwin(report: KitReport, twin: KitReport): KitReport {
  return { ...report, rules: report.rules.map((result) => addDeparture(result, report, twin)) };
}

function addDeparture(result: RuleResult, report: KitReport, twin: KitReport): RuleResult {
  const [violation] = result.violations;
  if (violation === undefined) return result;
  const departure = findDeparture(report.transcript, twin.transcript, violation, result.id);
  return departure === undefined ? result : { ...result, departure };
}

/** A healthy board that says of itself what the device said; what it did not say, or not rightly, is that of STEDI. */
export function describeTwin(
  { device, transcript }: KitReport,
  { byteMs }: TwinTask,
): BoardUnderTest {
  const caps = transcript.map(readCapabilities).find((line) => line !== undefined);
  const serial = device.serial?.toLowerCase();
  return {
    streams: seededStreams(1),
    baudRate: byteMs === 0 ? BAUD_RATE_MAX : (1_000 * BITS_PER_BYTE) / byteMs,
    ...(isSerialNumber(serial) && { serialNumber: serial }),
    product: describeProduct(device, caps?.maxRateHz),
    ...(caps !== undefined && { capabilities: caps.options }),
    ...(caps?.options.includes('STEP') === true && { stepPeriodMs: STEP_PERIOD_MS }),
  };
}

function describeProduct(
  { model = STEP_TRAINER.model, firmware = STEP_TRAINER.firmware }: TestedDevice,
  maxRateHz: number | undefined,
): TrainerProduct {
  const names = MODEL.test(model) && FIRMWARE.test(firmware) ? { model, firmware } : {};
  const isRate = maxRateHz !== undefined && maxRateHz >= 1 && maxRateHz <= RATE_HZ_MAX;
  return { ...STEP_TRAINER, ...names, ...(isRate && { maxRateHz }) };
}

function readCapabilities(entry: TranscriptEntry): (MeantLine & { kind: 'caps' }) | undefined {
  if (entry.kind !== 'received') return undefined;
  const { meant } = readLine(entry.bytes);
  return meant?.kind === 'caps' ? meant : undefined;
}
