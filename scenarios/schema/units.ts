/** Quantities in scenario files carry their unit: `250ms`, `5m`, `2%`, `20ppm`. A bare number is refused. */
import * as z from 'zod';

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const SIGNED_DURATION = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)$/;
const PERCENT = /^((?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?))%$/;
const PPM = /^(\d+(?:\.\d+)?)ppm$/;
const DURATION_MS_MAX = 720 * 3_600_000;
const PPM_MAX = 10_000;
const SEEDS = /^(\d+)\.\.(\d+)$/;

/** A duration such as `30s`, in whole ms, up to 30 days. */
export const duration: z.ZodType<number> = quantity(
  DURATION,
  'a duration with its unit, such as 250ms, 30s, 5m or 2h, up to 720h',
  ['250ms', '30s', '5m'],
  (value, unit) => atMost(DURATION_MS_MAX, Math.round(value * (MS_PER_UNIT[unit] as number))),
);

/** A duration that may be negative, such as `-1s`, in whole ms, up to 30 days either way. */
export const signedDuration: z.ZodType<number> = quantity(
  SIGNED_DURATION,
  'a duration with its unit, such as 1h or -1s, up to 720h',
  ['1h', '-1s'],
  (value, unit) => {
    const ms = Math.round(value * (MS_PER_UNIT[unit] as number));
    return Math.abs(ms) <= DURATION_MS_MAX ? ms : undefined;
  },
);

/** What a share from 0% to 100% looks like. */
export const SHARE_PATTERN: string = PERCENT.source;

/** A share such as `2%`, as 0–1. */
export const share: z.ZodType<number> = quantity(
  PERCENT,
  'a share from 0% to 100%, such as 2%',
  ['2%', '12.5%'],
  (percent) => percent / 100,
);

/** A clock's rate error such as `20ppm`, up to 10,000 ppm: no crystal is that bad. */
export const partsPerMillion: z.ZodType<number> = quantity(
  PPM,
  'a drift in parts per million, such as 20ppm, up to 10000ppm',
  ['20ppm'],
  (value) => atMost(PPM_MAX, value),
);

/** Speeds that serial lines have, in bits per second. */
export const baudRate: z.ZodType<number> = z
  .number()
  .int()
  .min(1_200)
  .max(921_600)
  .meta({ examples: [57_600, 115_200] });

/** A range of seeds such as `1..50`, both ends included. */
export const seedRange: z.ZodType<{ readonly first: number; readonly last: number }> = z
  .string({ error: 'expected a range of seeds, such as 1..50' })
  .transform((text, context) => {
    const range = parseSeedRange(text);
    if (range === undefined) context.addIssue('expected a range of seeds, such as 1..50');
    return range ?? z.NEVER;
  })
  .meta({ pattern: SEEDS.source, examples: ['1..50'] });

/** Reads `A..B` with A ≤ B; `undefined` for anything else. */
export function parseSeedRange(
  text: string,
): { readonly first: number; readonly last: number } | undefined {
  const match = SEEDS.exec(text);
  if (match === null) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2])];
  return first <= last ? { first, last } : undefined;
}

function atMost(limit: number, value: number): number | undefined {
  return value <= limit ? value : undefined;
}

function quantity(
  pattern: RegExp,
  expected: string,
  examples: string[],
  convert: (value: number, unit: string) => number | undefined,
): z.ZodType<number> {
  const error = `expected ${expected}`;
  return z
    .union([z.string(), z.number()], { error })
    .transform((text, context) => {
      const match = pattern.exec(String(text));
      const value = match === null ? undefined : convert(Number(match[1]), match[2] ?? '');
      if (value === undefined) context.addIssue(`${error}; found ${JSON.stringify(text)}`);
      return value ?? z.NEVER;
    })
    .meta({ type: 'string', pattern: pattern.source, examples });
}
