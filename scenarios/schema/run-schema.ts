/** How a scenario is run: how long, on which clock, and from which seeds. */
import * as z from 'zod';
import { duration, seedRange } from './units.ts';

/** How a scenario is run; its duration is in ms. */
export interface ScenarioRun {
  duration: number;
  mode: 'sim' | 'live';
  seeds?: { readonly first: number; readonly last: number } | undefined;
  speed: number;
}

/** Checks how a scenario is run, converts its units and fills in its defaults. */
export const runSchema: z.ZodType<ScenarioRun> = z.strictObject({
  duration,
  mode: z.enum(['sim', 'live']).default('sim'),
  seeds: seedRange.optional(),
  /** How many times faster than real time a live run goes. */
  speed: z.number().min(1).max(50).default(10),
});
