/** Amounts as scenarios write them: a number, or a number with its unit. */

/** An amount and how it is written. */
export interface WrittenAmount {
  /** Durations in ms, shares in percent, drifts in ppm. */
  readonly value: number;
  readonly unit: 'ms' | '%' | 'ppm' | 'count';
  /** The least by which two such amounts are told apart. */
  readonly step: number;
  readonly write: (value: number) => unknown;
}

const AMOUNT = /^(\d+(?:\.\d+)?)(ms|s|m|h|%|ppm)$/;
const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** From this duration on, in ms, whole seconds are enough. */
const SECONDS_FROM_MS = 10_000;

/** Reads an amount; `undefined` for anything else, and for what is negative. */
export function readAmount(written: unknown): WrittenAmount | undefined {
  if (typeof written === 'number' && Number.isInteger(written) && written >= 0) {
    return { value: written, unit: 'count', step: 1, write: (value) => value };
  }
  const [, digits, unit = ''] = AMOUNT.exec(String(written)) ?? [];
  if (digits === undefined) return undefined;
  if (unit === 'ppm') {
    return { value: Number(digits), unit, step: 1, write: (value) => `${value}ppm` };
  }
  if (unit === '%') {
    const write = (value: number): string => `${Number(value.toFixed(4))}%`;
    return { value: Number(digits), unit, step: 0.1, write };
  }
  const value = Math.round(Number(digits) * (MS_PER_UNIT[unit] as number));
  return { value, unit: 'ms', step: value >= SECONDS_FROM_MS ? 1_000 : 1, write: writeDuration };
}

function writeDuration(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}
