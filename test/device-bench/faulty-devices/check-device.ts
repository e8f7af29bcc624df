import { runOnBoard } from '../../../device-bench/twin/run-on-board.ts';
import { compareWithTwin, describeTwin } from '../../../device-bench/twin/twin.ts';
import type { KitReport } from '../../../device-bench/index.ts';
import type { Level, RuleId } from '../../../firmware-protocol/index.ts';
import { seededStreams } from '../../../simulator/index.ts';
import type { FaultyDevice } from './rework.ts';

const BITS_PER_BYTE = 10;
const BAUD_RATE = 57_600;
/** Reports of twins by what they are. */
const TWINS = new Map<string, KitReport>();

/** Runs the kit on a faulty device, and on its twin unless that of another device was the same. */
export function checkDevice({ board, rework }: FaultyDevice): KitReport {
  const level: Level = 'L3';
  const report = runOnBoard(
    { streams: seededStreams(1), ...board, ...(rework !== undefined && { rework }) },
    { level },
  );
  const byteMs = (1_000 * BITS_PER_BYTE) / (board?.baudRate ?? BAUD_RATE);
  const { streams, ...rest } = describeTwin(report, { level, byteMs });
  const key = JSON.stringify(rest);
  const twin = TWINS.get(key) ?? runOnBoard({ streams, ...rest }, { level });
  TWINS.set(key, twin);
  return compareWithTwin(report, twin);
}

/** The rules that a report says are broken. */
export function brokenRules({ rules }: KitReport): readonly RuleId[] {
  return rules.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
}

/** How long the kit took on the device's clock, in s. */
export function deviceSeconds({ transcript }: KitReport): number {
  const [first, last] = [transcript[0], transcript.at(-1)];
  return first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / 1_000;
}
