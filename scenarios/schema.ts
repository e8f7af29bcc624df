/** The shape of a scenario file. Unknown keys are refused; every quantity has its unit. */
import * as z from 'zod';
import { OCCURRENCES } from '../simulator/index.ts';
import type { Occurrence, Recording } from '../simulator/index.ts';
import { baudRate, faultSchema } from './fault-schema.ts';
import type { ScenarioFault } from './fault-schema.ts';
import { ORACLE_IDS } from './oracles/ids.ts';
import type { OracleId } from './oracles/ids.ts';
import { duration, partsPerMillion, seedRange, share } from './units.ts';

/** A limit: a number is the most that may be measured. */
export type ScenarioLimit =
  number | { readonly min?: number | undefined; readonly max?: number | undefined };

/** What a run must show: a limit for each oracle that is asked, and what must have happened at least once. */
export type ScenarioExpectations = Partial<Record<OracleId, ScenarioLimit | undefined>> & {
  sometimes?: Occurrence[] | undefined;
};

/** A recorded device that takes part from `at` on; `recording` is what its file holds, once that was read. */
export interface ScenarioRecording {
  file: string;
  at: number;
  recording?: Recording | undefined;
}

/** A scenario as it was written, with units converted (ms, shares 0–1, ppm) and defaults filled in. */
export interface Scenario {
  version: 1;
  name: string;
  about?: string | undefined;
  tags: string[];
  world: {
    start: string;
    customers: number;
    households?: { size: number } | undefined;
    sessions?: { perPerson: number } | undefined;
    registration?: 'before' | 'during' | undefined;
    serials?: { pool: number; assign: 'round-robin' | 'random' } | undefined;
    consent: { research: number; withdrawDuringRun: number; giveDuringRun: number };
  };
  devices: {
    trainer?:
      { link?: { baud: number } | undefined; clock?: { drift: number } | undefined } | undefined;
    phone?: { clock?: { skew: number; drift: number } | undefined } | undefined;
    recorded?: ScenarioRecording[] | undefined;
  };
  run: {
    duration: number;
    mode: 'sim' | 'live';
    seeds?: { readonly first: number; readonly last: number } | undefined;
    speed: number;
  };
  faults: ScenarioFault[];
  pipeline: 'strict' | 'classic';
  expect: ScenarioExpectations;
}

const count = z.number().int().min(0);
/** Landed times lie between 1970 and the end of 9999: a year on either side is room for registrations and the run. */
const START_YEARS = { first: 1971, last: 9998 };

function isWithinLandingTimes(time: string): boolean {
  const year = new Date(time).getUTCFullYear();
  return year >= START_YEARS.first && year <= START_YEARS.last;
}

const limit = z.union(
  [
    z.number(),
    z
      .strictObject({ min: z.number().optional(), max: z.number().optional() })
      .refine(({ min, max }) => (min === undefined) !== (max === undefined), {
        error: 'expected either min or max',
      }),
  ],
  { error: 'expected the most that may be measured, such as 0, or { min: 0.99 } or { max: 20 }' },
);

const world = z.strictObject({
  start: z.iso
    .datetime({ error: 'expected a time in UTC, such as 2022-06-18T15:00:00Z' })
    .refine(isWithinLandingTimes, { error: 'expected a time from 1971 to 9998' }),
  customers: z.number().int().min(1).max(100_000),
  households: z.strictObject({ size: z.number().int().min(1).max(20) }).optional(),
  sessions: z.strictObject({ perPerson: z.number().int().min(1).max(100) }).optional(),
  registration: z.enum(['before', 'during']).optional(),
  serials: z
    .strictObject({
      pool: z.number().int().min(1),
      assign: z.enum(['round-robin', 'random']).default('round-robin'),
    })
    .optional(),
  consent: z.strictObject({
    research: share,
    withdrawDuringRun: count.default(0),
    giveDuringRun: count.default(0),
  }),
});

const devices = z.strictObject({
  trainer: z
    .strictObject({
      profile: z.literal('step-test').default('step-test'),
      link: z
        .strictObject({
          kind: z.literal('pty').default('pty'),
          baud: baudRate.default(57_600),
        })
        .optional(),
      clock: z.strictObject({ drift: partsPerMillion }).optional(),
    })
    .optional(),
  phone: z
    .strictObject({
      profile: z.literal('step-test').default('step-test'),
      clock: z
        .strictObject({
          skew: duration.default(0),
          drift: partsPerMillion.default(0),
        })
        .optional(),
    })
    .optional(),
  recorded: z
    .array(z.strictObject({ file: z.string().min(1), at: duration }))
    .max(20)
    .optional(),
});

const run = z.strictObject({
  duration,
  mode: z.enum(['sim', 'live']).default('sim'),
  seeds: seedRange.optional(),
  /** How many times faster than real time a live run goes. */
  speed: z.number().min(1).max(50).default(10),
});

const expectations = z.strictObject({
  ...Object.fromEntries(ORACLE_IDS.map((id) => [id, limit.optional()])),
  sometimes: z.array(z.enum(OCCURRENCES)).optional(),
}) as unknown as z.ZodType<ScenarioExpectations>;

/** Checks a parsed scenario file, converts its units and fills in its defaults. */
export const scenarioSchema: z.ZodType<Scenario> = z.strictObject({
  version: z.literal(1),
  name: z
    .string()
    .min(10, { error: 'expected a sentence of 10 letters or more that says what happens' }),
  about: z.string().optional(),
  tags: z.array(z.string()).default([]),
  world,
  devices: devices.default({}),
  run,
  faults: z.array(faultSchema).default([]),
  pipeline: z.enum(['strict', 'classic']).default('strict'),
  expect: expectations,
});
