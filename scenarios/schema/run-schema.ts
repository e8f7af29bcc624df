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
export const runSchema: z.ZodType<ScenarioRun> = z
  .strictObject({
    duration: duration.describe(
      'How long the world lasts: at least 30 s plus 180 s for each session of a household.',
    ),
    mode: z
      .enum(['sim', 'live'])
      .default('sim')
      .describe('Virtual time with links in memory, or real time with real links.'),
    seeds: seedRange
      .optional()
      .describe('Range of seeds, both ends included; a run without --seed takes the first.'),
    speed: z
      .number()
      .min(1)
      .max(50)
      .default(10)
      .meta({
        description: 'How many times faster than real time a live run goes; without effect in sim.',
        examples: [10],
      }),
  })
  .describe('How long the world lasts, and how it is run.');
