/** How a scenario is run: how long, on which clock, and from which seeds. */
import * as z from 'zod';
import { faultSchema } from './fault-schema.ts';
import type { ScenarioFault } from './fault-schema.ts';
import { duration, seedRange, share } from './units.ts';

/** How seeds of a swarm draw their faults: each is on with a probability, 0–1, and some take part in swarms alone. */
export interface ScenarioSwarm {
  each: number;
  faults: ScenarioFault[];
}

/** How a scenario is run; its duration is in ms. */
export interface ScenarioRun {
  duration: number;
  mode: 'sim' | 'live';
  seeds?: { readonly first: number; readonly last: number } | undefined;
  speed: number;
  swarm?: false | ScenarioSwarm | undefined;
}

const swarm = z
  .union(
    [
      z.literal(false),
      z.strictObject({
        each: share
          .default(0.5)
          .describe('How likely each fault is to be on, in each seed by itself.'),
        faults: z
          .array(faultSchema)
          .default([])
          .describe('Faults that only swarms draw, beside those of the scenario.'),
      }),
    ],
    { error: 'expected false, or how faults are drawn, such as { each: 50% }' },
  )
  .describe(
    'What a sweep over seeds varies: each seed draws which faults are on and how strong they are, up to what is listed. With false, faults are as listed in every seed.',
  );

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
    swarm: swarm.optional(),
  })
  .describe('How long the world lasts, and how it is run.');
