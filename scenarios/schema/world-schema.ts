/** The world of a scenario file: who lives in it, what they agree to, and what they own. */
import * as z from 'zod';
import { share } from './units.ts';

/** The people of a scenario; shares lie between 0 and 1. */
export interface ScenarioWorld {
  start: string;
  customers: number;
  households?: { size: number } | undefined;
  sessions?: { perPerson: number } | undefined;
  registration?: 'before' | 'during' | undefined;
  serials?: { pool: number; assign: 'round-robin' | 'random' } | undefined;
  consent: { research: number; withdrawDuringRun: number; giveDuringRun: number };
}

const count = z.number().int().min(0);
/** Landed times lie between 1970 and the end of 9999: a year on either side is room for registrations and the run. */
const START_YEARS = { first: 1971, last: 9998 };

function isWithinLandingTimes(time: string): boolean {
  const year = new Date(time).getUTCFullYear();
  return year >= START_YEARS.first && year <= START_YEARS.last;
}

/** Checks the world, converts its units and fills in its defaults. */
export const worldSchema: z.ZodType<ScenarioWorld> = z.strictObject({
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
