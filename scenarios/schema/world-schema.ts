/** The world of a scenario file: who lives in it, what they agree to, and what they own. */
import * as z from 'zod';
import type { NamesakesSpec } from '../../simulator/index.ts';
import { consentSchema } from './consent-schema.ts';
import type { ScenarioConsent } from './consent-schema.ts';
import { feedSchema } from './feed-schema.ts';
import type { ScenarioFeed } from './feed-schema.ts';
import { onlySchema } from './only-schema.ts';
import type { ScenarioOnly } from './only-schema.ts';
import { serialsSchema } from './serials-schema.ts';
import type { ScenarioSerials } from './serials-schema.ts';

/** The people of a scenario; shares lie between 0 and 1. */
export interface ScenarioWorld {
  start: string;
  customers: number;
  households?: { size: number } | undefined;
  sessions?: { perPerson: number } | undefined;
  registration?: 'before' | 'during' | undefined;
  serials?: ScenarioSerials | undefined;
  returns?: { trainers: number; told: boolean } | undefined;
  swaps?: { pairs: number; told: boolean } | undefined;
  namesakes?: NamesakesSpec | undefined;
  emails?: { case: 'same' | 'mixed' } | undefined;
  feed?: ScenarioFeed | undefined;
  consent: ScenarioConsent;
  only?: ScenarioOnly | undefined;
}

const count = z.number().int().min(1);
const told = z
  .boolean()
  .default(false)
  .meta({
    description:
      'Whether the website hears of it and writes the new serial number to the customers.',
    examples: [true],
  });

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
      .datetime({ error: 'expected a time in UTC, such as 2022-06-18T15:00:00Z', abort: true })
      .refine(isWithinLandingTimes, { error: 'expected a time from 1971 to 9998' })
      .meta({
        description: 'First moment of the world: a time in UTC, from 1971 to 9998.',
        examples: ['2022-06-18T15:00:00Z'],
      }),
    customers: z
      .number()
      .int()
      .min(0)
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
    serials: serialsSchema.optional(),
    returns: z
      .strictObject({
        trainers: count.meta({
          description: 'How many households do so: the first ones by number.',
          examples: [2],
        }),
        told,
      })
      .optional()
      .describe(
        'Households that send their trainer back after the first sessions and get a new one. Takes two sessions per person.',
      ),
    swaps: z
      .strictObject({
        pairs: count.meta({
          description: 'How many pairs of households do so: the next ones by number.',
          examples: [2],
        }),
        told,
      })
      .optional()
      .describe(
        'Pairs of households that exchange their trainers after the first sessions. Takes two sessions per person.',
      ),
    namesakes: z
      .strictObject({
        pairs: count.meta({
          description: 'How many pairs there are: persons 0 and 1, 2 and 3, and so on.',
          examples: [3],
        }),
        consent: z
          .enum(['one', 'both', 'drawn'])
          .default('drawn')
          .describe(
            'Who of a pair consents: the first one, both, or as everybody else. Those who change their mind do so all the same.',
          ),
      })
      .optional()
      .describe('Pairs of people with one name who share an e-mail, on their phones as well.'),
    emails: z
      .strictObject({
        case: z
          .enum(['same', 'mixed'])
          .default('same')
          .describe(
            'Mixed: phones, and later versions of customers, spell an e-mail in small letters or in capitals.',
          ),
      })
      .optional()
      .describe('How e-mails are spelled. Without it, everywhere as at the registration.'),
    feed: feedSchema.optional(),
    consent: consentSchema,
    only: onlySchema.optional(),
  })
  .describe('The people: how many, how they live, what they own and what they agree to.');
