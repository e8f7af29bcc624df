/** Durations on the command line carry their unit, as in scenario files. */
import { UsageError } from '../../exit-codes.ts';

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h)$/;

/** Reads `30s`, `250ms`, `5m` or `2h` as ms. */
export function readDuration(option: string, text: string): number {
  const [, value, unit] = DURATION.exec(text) ?? [];
  const ms = Number(value) * (MS_PER_UNIT[unit ?? ''] ?? 0);
  if (ms > 0) return ms;
  throw new UsageError(`${option} takes a duration with its unit, such as 30s, 5m or 2h.`);
}
