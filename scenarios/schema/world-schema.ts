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
export const worldSchema: z.ZodType<ScenarioWorld> = z
  .strictObject({
    start: z.iso
      .datetime({ error: 'expected a time in UTC, such as 2022-06-18T15:00:00Z' })
      .refine(isWithinLandingTimes, { error: 'expected a time from 1971 to 9998' })
      .meta({
        description: 'First moment of the world: a time in UTC, from 1971 to 9998.',
        examples: ['2022-06-18T15:00:00Z'],
      }),
    customers: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .meta({ description: 'How many people there are.', examples: [12] }),
    households: z
      .strictObject({
        size: z
          .number()
          .int()
          .min(1)
          .max(20)
          .meta({
            description: 'How many people share one trainer; the last household may be smaller.',
            examples: [4],
          }),
      })
      .optional()
      .describe(
        'People who live together and share one trainer. Without it everybody lives alone.',
      ),
    sessions: z
      .strictObject({
        perPerson: z
          .number()
          .int()
          .min(1)
          .max(100)
          .meta({
            description: 'How many exercises each person does, one after the other.',
            examples: [2],
          }),
      })
      .optional()
      .describe('How often people exercise. Without it everybody does so once.'),
    registration: z
      .enum(['before', 'during'])
      .optional()
      .describe(
        'When people register: 1 to 30 days before the start, or from 15 s before to 59 s after the start of their first session. Without it, before.',
      ),
    serials: z
      .strictObject({
        pool: z
          .number()
          .int()
          .min(1)
          .meta({
            description:
              'How many serial numbers the website gives out again and again: the fulfilment bug. At most as many as there are trainers.',
            examples: [30],
          }),
        assign: z
          .enum(['round-robin', 'random'])
          .default('round-robin')
          .describe('How they are given out: in turn, or drawn for each person.'),
      })
      .optional()
      .describe(
        "Which serial numbers the website believes people to have. Without it, those of their own household's trainer.",
      ),
    consent: z
      .strictObject({
        research: share.describe('Probability that a person consents to research at registration.'),
        withdrawDuringRun: count.default(0).meta({
          description:
            'How many people consent at registration and withdraw in the middle third of their first session: the first ones by number.',
          examples: [1],
        }),
        giveDuringRun: count.default(0).meta({
          description:
            'How many people register without consent and give it in the middle third of their first session: the next ones by number.',
          examples: [1],
        }),
      })
      .describe('What people agree to, and when they change their mind.'),
  })
  .describe('The people: how many, how they live, what they own and what they agree to.');
