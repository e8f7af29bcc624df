/** How the fulfilment website of a scenario writes its customer feed. */
import * as z from 'zod';
import { NOT_GIVEN_SPELLINGS } from '../../simulator/index.ts';
import type { NotGivenSpelling } from '../../simulator/index.ts';
import { duration } from './units.ts';

/** The ways of the feed; `every` in ms. */
export interface ScenarioFeed {
  notGiven: NotGivenSpelling;
  order: 'in-time' | 'mixed';
  every?: number | undefined;
}

/** Checks the feed and fills in its defaults. */
export const feedSchema: z.ZodType<ScenarioFeed> = z
  .strictObject({
    notGiven: z
      .enum(NOT_GIVEN_SPELLINGS)
      .default('absent')
      .describe(
        'What stands for a date that was not given: no key, null, the number 0, or any of them for each date.',
      ),
    order: z
      .enum(['in-time', 'mixed'])
      .default('in-time')
      .describe(
        'Mixed: the versions of every second customer are exported late and the newest first.',
      ),
    every: duration
      .refine((ms) => ms >= 1_000, { error: 'expected 1s or more' })
      .optional()
      .describe('How often the website exports what has changed. Without it, every 5 minutes.'),
  })
  .describe('How the website writes the versions of its customers.');
