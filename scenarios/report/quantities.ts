/** Numbers as people read them: separators between thousands, units, shares, limits and margins. */
import type { OracleResult } from '../oracles/judge.ts';
import type { Limit } from '../planning/plan.ts';

const MINUS = '−';
/** More digits than this would show the noise of floating point. */
const MAX_DECIMALS = 10;

/** A share such as `8.1%`. What is not nothing is never shown as 0%, and what is not all never as 100%. */
export function formatShare(count: number, total: number): string {
  if (count === 0 || total === 0) return '0%';
  if (count === total) return '100%';
  return `${formatDecimal(toPercent(count / total), { decimals: 1, apart: [0, 100], fixed: true })}%`;
}

/** What an oracle measured, with its unit. Ratios are shown in per cent, with digits enough to tell it from its limit. */
export function formatMeasured({ measured, unit, limit }: OracleResult): string {
  return formatQuantity(measured, unit, { decimals: 2, apart: [0, 1, limitValue(limit)] });
}

/** A limit, such as `≤ 0 rows` or `≥ 99%`. */
export function formatLimit(limit: Limit, unit: string): string {
  return `${'min' in limit ? '≥' : '≤'} ${formatBound(limit, unit)}`;
}

/** How far the measured value is from its limit: positive inside, negative beyond. Ratios differ by percentage points. */
export function formatMargin({ measured, unit, limit }: OracleResult): string {
  const margin = 'min' in limit ? measured - limit.min : limit.max - measured;
  const scaled = unit === 'ratio' ? toPercent(margin) : margin;
  const size = formatDecimal(Math.abs(scaled), { decimals: 2, apart: [0] });
  if (Number(size) === 0) return '0';
  return `${margin < 0 ? MINUS : '+'}${size}${unit === 'ratio' ? ' points' : ''}`;
}

/**
 * The headline of a failed oracle: what it measured, or that it had nothing to measure. It names the limit too, unless
 * none at all is allowed, when the number says it all.
 */
export function formatFinding(oracle: OracleResult): string {
  const { limit, unit, chances } = oracle;
  if (chances === 0) return 'not tested';
  const measured = formatMeasured(oracle);
  const bound = formatBound(limit, unit).split(' ')[0];
  if ('min' in limit) return `${measured} < ${bound}`;
  return limit.max === 0 ? measured : `${measured} > ${bound}`;
}

function limitValue(limit: Limit): number {
  return 'min' in limit ? limit.min : limit.max;
}

/** A limit has the digits that its author gave it. */
function formatBound(limit: Limit, unit: string): string {
  return formatQuantity(limitValue(limit), unit, { decimals: MAX_DECIMALS, apart: [] });
}

function formatQuantity(value: number, unit: string, rounding: Rounding): string {
  if (unit === 'ratio') {
    const apart = rounding.apart.map(toPercent);
    return `${formatDecimal(toPercent(value), { ...rounding, apart })}%`;
  }
  const noun = value === 1 ? unit.replace(/([^m])s$/, '$1') : unit;
  return `${formatDecimal(value, rounding)} ${noun}`;
}

/** A ratio in per cent, without the noise of floating point: 0.07 gives 7, not 7.000000000000001. */
function toPercent(ratio: number): number {
  return Number((100 * ratio).toFixed(MAX_DECIMALS));
}

/** How a number is rounded. */
interface Rounding {
  readonly decimals: number;
  /** Values that it must not be rounded to or across, such as its limit: more decimals tell them apart. */
  readonly apart: readonly number[];
  /** Whether zeros at the end stay. */
  readonly fixed?: boolean;
}

function formatDecimal(value: number, { decimals, apart, fixed }: Rounding): string {
  const misleads = (digits: number): boolean =>
    apart.some(
      (other) => Math.sign(Number(value.toFixed(digits)) - other) !== Math.sign(value - other),
    );
  let digits = decimals;
  while (digits < MAX_DECIMALS && misleads(digits)) digits++;
  const text = Number(Math.abs(value).toFixed(digits)).toLocaleString('en-US', {
    minimumFractionDigits: fixed === true ? digits : 0,
    maximumFractionDigits: digits,
  });
  return value < 0 ? MINUS + text : text;
}
