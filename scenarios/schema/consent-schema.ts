/** What the people of a scenario agree to, and when they change their mind. */
import * as z from 'zod';
import { duration, share } from './units.ts';

/** Consent: shares lie between 0 and 1, the rest are numbers of people. */
export interface ScenarioConsent {
  research: number;
  public?: number | undefined;
  friends?: number | undefined;
  withdrawDuringRun: number;
  giveDuringRun: number;
  giveAgainDuringRun?: number | undefined;
  onSteps?: boolean | undefined;
  changes?: ScenarioConsentChange[] | undefined;
}

/** One person changes their mind, `at` ms after the start. */
export interface ScenarioConsentChange {
  at: number;
  person: number;
  research: 'given' | 'withdrawn';
}

const count = z.number().int().min(0);

/** Checks what people agree to, and fills in defaults. */
export const consentSchema: z.ZodType<ScenarioConsent> = z
  .strictObject({
    research: share.describe('Probability that a person consents to research at registration.'),
    public: share
      .optional()
      .describe('Probability that a person shares with the public. Without it, 50%.'),
    friends: share
      .optional()
      .describe('Probability that a person shares with friends. Without it, 50%.'),
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
    giveAgainDuringRun: count.optional().meta({
      description:
        'How many people consent at registration, withdraw in the middle third of their first session, and consent again in the last third: the next ones by number.',
      examples: [1],
    }),
    onSteps: z
      .boolean()
      .optional()
      .describe(
        'Whether changes of mind fall on the very millisecond of a step, where there is one.',
      ),
    changes: z
      .array(
        z.strictObject({
          at: duration.describe(
            'When, from the start of the run; not before 1s after the person registered.',
          ),
          person: count.meta({ description: 'Number of the person.', examples: [7] }),
          research: z
            .enum(['given', 'withdrawn'])
            .describe('What the person decides. Who decides what is so already changes nothing.'),
        }),
      )
      .max(1_000)
      .optional()
      .describe('Single people who change their mind at a time.'),
  })
  .describe('What people agree to, and when they change their mind.');
