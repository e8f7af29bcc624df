/** What a scenario is held to: a limit for each oracle that is asked, and what must have happened. */
import * as z from 'zod';
import { OCCURRENCES } from '../../simulator/index.ts';
import type { Occurrence } from '../../simulator/index.ts';
import { ORACLE_IDS } from '../oracles/ids.ts';
import type { OracleId } from '../oracles/ids.ts';

/** A limit: a number is the most that may be measured. */
export type ScenarioLimit =
  number | { readonly min?: number | undefined; readonly max?: number | undefined };

/** What a run must show: a limit for each oracle that is asked, and what must have happened at least once. */
export type ScenarioExpectations = Partial<Record<OracleId, ScenarioLimit | undefined>> & {
  sometimes?: Occurrence[] | undefined;
};

const limit = z.union(
  [
    z.number(),
    z
      .strictObject({
        min: z
          .number()
          .optional()
          .meta({ description: 'The least that may be measured.', examples: [0.99] }),
        max: z
          .number()
          .optional()
          .meta({ description: 'The most that may be measured.', examples: [20] }),
      })
      .refine(({ min, max }) => (min === undefined) !== (max === undefined), {
        error: 'expected either min or max',
      }),
  ],
  { error: 'expected the most that may be measured, such as 0, or { min: 0.99 } or { max: 20 }' },
);

/** Checks what a scenario expects. */
export const expectSchema: z.ZodType<ScenarioExpectations> = z
  .strictObject({
    ...Object.fromEntries(ORACLE_IDS.map((id) => [id, limit.optional()])),
    sometimes: z
      .array(z.enum(OCCURRENCES))
      .optional()
      .meta({
        description:
          'What must have happened at least once: a scenario whose faults never struck must not pass.',
        examples: [['serial-shared']],
      }),
  })
  .describe(
    'What must hold: a limit for each oracle that is asked, at least one.',
  ) as unknown as z.ZodType<ScenarioExpectations>;
