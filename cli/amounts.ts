/** Amounts as they are written on the command line: with their units. */
import { withoutControls } from '../presentation/index.ts';
import { UsageError } from './exit-codes.ts';

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** Reads a whole number in a range. @throws UsageError */
export function readWhole(option: string, min: number, max: number): (text: unknown) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(String(text)) ? Number(text) : NaN;
    if (number >= min && number <= max) return number;
    throw wrong(option, `a whole number from ${min} to ${max}`, text);
  };
}

/** Reads `200ms`, `2s` or `1m` into ms, up to `maxMs`. @throws UsageError */
export function readDuration(option: string, maxMs: number): (text: unknown) => number {
  return (text) => {
    const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(String(text)) ?? [];
    const ms = Number(digits) * (MS_PER_UNIT[unit] ?? NaN);
    if (ms <= maxMs) return ms;
    throw wrong(option, `a duration with its unit, such as 200ms or 2s, up to ${maxMs} ms`, text);
  };
}

/** Reads `50ppm`, up to `max`. @throws UsageError */
export function readPpm(option: string, max: number): (text: unknown) => number {
  return (text) => {
    const [, digits] = /^(\d+(?:\.\d+)?)ppm$/.exec(String(text)) ?? [];
    if (Number(digits) <= max) return Number(digits);
    throw wrong(option, `parts per million, such as 50ppm, up to ${max}ppm`, text);
  };
}

/** Reads `10%` into 0.1. @throws UsageError */
export function readShare(option: string): (text: unknown) => number {
  return (text) => {
    const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(String(text)) ?? [];
    if (Number(digits) <= 100) return Number(digits) / 100;
    throw wrong(option, 'a share from 0% to 100%, such as 10%', text);
  };
}

function wrong(option: string, wanted: string, text: unknown): UsageError {
  // An option that is given twice comes as a list.
  if (Array.isArray(text)) return new UsageError(`Give ${option} once.`);
  return new UsageError(`${option} takes ${wanted}; "${withoutControls(String(text))}" is not.`);
}
