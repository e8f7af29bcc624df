/** The limit of an oracle. A share of what is right has a lower bound, and an amount of what is wrong an upper one. */
import * as z from 'zod';
import type { OracleUnit } from '../oracles/ids.ts';
import { SHARE_PATTERN } from './units.ts';

/** At least `min`, a share above 0 and up to 1, or at most `max`, in the unit of the oracle. */
export type ScenarioLimit = { readonly min: number } | { readonly max: number };

/** One bound: its key, what it takes, and what to say about anything else. */
interface Bound {
  readonly key: 'min' | 'max';
  /** The value of what was written; `undefined` when it is none. */
  readonly read: (written: unknown) => number | undefined;
  readonly expected: string;
  /** What to say to somebody who bounds the oracle from the other side. */
  readonly wrongSide: string;
  /** JSON Schema of the value and of its key. */
  readonly values: readonly object[];
  readonly description: string;
  readonly examples: readonly unknown[];
}

const SHARE_EXPECTED =
  'expected the share that must be right at least, above 0% and up to 100%, such as { min: 95% }';
/** Every share but none at all, of which a run could never fall short. */
const LEAST_SHARE = `^(?!0+(?:\\.0+)?%$)${SHARE_PATTERN.slice(1)}`;

const SHARE: Bound = {
  key: 'min',
  read: (written) => {
    const isPercent = typeof written === 'string' && new RegExp(LEAST_SHARE).test(written);
    const share = isPercent ? Number(written.slice(0, -1)) / 100 : written;
    return typeof share === 'number' && share > 0 && share <= 1 ? share : undefined;
  },
  expected: SHARE_EXPECTED,
  wrongSide: `more is better here, and a bound from above holds a run to nothing: ${SHARE_EXPECTED}`,
  values: [
    { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    { type: 'string', pattern: LEAST_SHARE },
  ],
  description: 'The share that must be right at least.',
  examples: ['95%', 0.95],
};

/** Checks the limit of an oracle that measures in a unit. What can never fail, or never hold, is refused. */
export function limitIn(unit: OracleUnit): z.ZodType<ScenarioLimit> {
  const bound = unit === 'ratio' ? SHARE : amountOf(unit);
  const { key, values, description, examples } = bound;
  return z
    .unknown()
    .transform((written, context) => readLimit(written, bound, context))
    .meta({
      anyOf: [
        ...values,
        {
          type: 'object',
          properties: {
            [key]: {
              description,
              examples,
              ...(values.length > 1 ? { anyOf: values } : values[0]),
            },
          },
          required: [key],
          additionalProperties: false,
        },
      ],
    });
}

function amountOf(unit: OracleUnit): Bound {
  const isTime = unit === 'ms';
  const expected = `expected the most ${unit} that may be measured, ${isTime ? 'a number' : 'a whole number'} from 0, such as 0 or { max: 20 }`;
  return {
    key: 'max',
    read: (written) => {
      const isNumber = isTime ? Number.isFinite(written) : Number.isSafeInteger(written);
      return isNumber && (written as number) >= 0 ? (written as number) : undefined;
    },
    expected,
    wrongSide: `${isTime ? 'less is' : `fewer ${unit} are`} better here, and a bound from below would fail a run that gets better: ${expected}`,
    values: [{ type: isTime ? 'number' : 'integer', minimum: 0 }],
    description: `The most ${unit} that may be measured.`,
    examples: [20],
  };
}

function readLimit(written: unknown, bound: Bound, context: z.core.$RefinementCtx): ScenarioLimit {
  if (!isMap(written)) return readBound(written, [], bound, context);
  const { key, expected, wrongSide } = bound;
  const otherSide = key === 'min' ? 'max' : 'min';
  const unknown = Object.keys(written).filter((name) => name !== key && name !== otherSide);
  if (unknown.length > 0) {
    context.addIssue({ code: 'unrecognized_keys', keys: unknown, input: written });
  } else if (Object.hasOwn(written, otherSide)) {
    context.addIssue({ code: 'custom', path: [otherSide], message: wrongSide, input: written });
  } else if (!Object.hasOwn(written, key)) {
    context.addIssue({ code: 'custom', message: expected, input: written });
  } else {
    return readBound(written[key], [key], bound, context);
  }
  return z.NEVER;
}

function readBound(
  written: unknown,
  path: readonly string[],
  { key, read, expected }: Bound,
  context: z.core.$RefinementCtx,
): ScenarioLimit {
  const value = read(written);
  if (value !== undefined) return key === 'min' ? { min: value } : { max: value };
  // JSON writes a number without end as null.
  const found = typeof written === 'number' ? String(written) : JSON.stringify(written);
  const message = `${expected}; found ${found}`;
  context.addIssue({ code: 'custom', path: [...path], message, input: written });
  return z.NEVER;
}

function isMap(written: unknown): written is Readonly<Record<string, unknown>> {
  return typeof written === 'object' && written !== null && !Array.isArray(written);
}
