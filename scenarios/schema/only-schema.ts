/** The part of a world that a scenario is about: what shrinking leaves of a larger one. */
import * as z from 'zod';
import { duration } from './units.ts';

/** What remains of a world; everything of a kind that is not given. Times are ms from the start of the run. */
export interface ScenarioOnly {
  people?: number[] | undefined;
  trainers?: number[] | undefined;
  phones?: number[] | undefined;
  steps?: { readonly first: number; readonly last: number } | undefined;
  from?: number | undefined;
  until?: number | undefined;
}

const STEPS = /^(\d+)\.\.(\d+)$/;
const STEPS_EXPECTED = 'expected the first and the last step, counted from 0, such as 5..7';

const numbers = z.array(z.number().int().min(0));

const steps = z
  .string({ error: STEPS_EXPECTED })
  .transform((text, context) => {
    const [, first, last] = STEPS.exec(text) ?? [];
    const range = { first: Number(first), last: Number(last) };
    if (range.first <= range.last) return range;
    context.addIssue(STEPS_EXPECTED);
    return z.NEVER;
  })
  .meta({
    description: 'The steps that are done of each exercise, counted from 0; both ends included.',
    pattern: STEPS.source,
    examples: ['5..7'],
  });

/** Checks the part of a world, and converts its units. */
export const onlySchema: z.ZodType<ScenarioOnly> = z
  .strictObject({
    people: numbers.optional().meta({
      description: 'Numbers of the people who take part; the others never register or exercise.',
      examples: [[3, 17]],
    }),
    trainers: numbers.optional().meta({
      description: 'Numbers of the households whose trainers are in use.',
      examples: [[3]],
    }),
    phones: numbers.optional().meta({
      description: 'Numbers of the people whose phones are in use.',
      examples: [[17]],
    }),
    steps: steps.optional(),
    from: duration.optional().describe('No step is done earlier, from the start of the run.'),
    until: duration
      .optional()
      .describe('No step is done then or later, from the start of the run.'),
  })
  .describe(
    'The part of the world that takes part: the rest is drawn and left out, so that what remains keeps its numbers and its draws. Shrinking writes it.',
  );
