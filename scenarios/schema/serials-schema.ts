/** Which serial numbers the website of a scenario believes people to have, and when it changes its mind. */
import * as z from 'zod';
import { SERIAL_ASSIGNMENTS } from '../../simulator/index.ts';
import type { SerialAssignment } from '../../simulator/index.ts';
import { duration } from './units.ts';

/** One way to give out serial numbers: without a pool everybody gets their own. */
export interface ScenarioSerialPool {
  pool?: number | undefined;
  assign?: SerialAssignment | undefined;
}

/** The serial numbers of the beginning, and the other ways of later; `at` in ms from the start. */
export interface ScenarioSerials extends ScenarioSerialPool {
  changes?: (ScenarioSerialPool & { at: number })[] | undefined;
}

const pool = z
  .number()
  .int()
  .min(1)
  .optional()
  .meta({
    description:
      'How many serial numbers the website gives out again and again: the fulfilment bug. At most as many as there are trainers. Without it, everybody gets the number of the own trainer.',
    examples: [30],
  });

const assign = z
  .enum(SERIAL_ASSIGNMENTS)
  .optional()
  .describe(
    'How those of the pool are given out: in turn; drawn for each person, all as likely or the first ones most; or in turn but shifted by one, so that nobody has the right one. Without it, in turn.',
  );

/** Checks which serial numbers are given out. */
export const serialsSchema: z.ZodType<ScenarioSerials> = z
  .strictObject({
    pool,
    assign,
    changes: z
      .array(
        z.strictObject({
          at: duration.describe('When, from the start of the run.'),
          pool,
          assign,
        }),
      )
      .max(100)
      .optional()
      .describe(
        'The website gives out numbers in another way, and writes each customer a new version with the new one.',
      ),
  })
  .describe(
    "Which serial numbers the website believes people to have. Without it, those of their own household's trainer.",
  );
