/** What a scenario is held to: a limit for each oracle that is asked, and what must have happened. */
import * as z from 'zod';
import { OCCURRENCES } from '../../simulator/index.ts';
import type { Occurrence } from '../../simulator/index.ts';
import { ORACLE_IDS, ORACLE_UNITS } from '../oracles/ids.ts';
import type { OracleId } from '../oracles/ids.ts';
import { limitIn } from './limit-schema.ts';
import type { ScenarioLimit } from './limit-schema.ts';

/** What a run must show: a limit for each oracle that is asked, and what must have happened at least once. */
export type ScenarioExpectations = Partial<Record<OracleId, ScenarioLimit | undefined>> & {
  sometimes?: Occurrence[] | undefined;
};

/** Checks what a scenario expects. */
export const expectSchema: z.ZodType<ScenarioExpectations> = z
  .strictObject({
    ...Object.fromEntries(ORACLE_IDS.map((id) => [id, limitIn(ORACLE_UNITS[id]).optional()])),
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
