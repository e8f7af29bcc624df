/** The shape of a scenario file. Unknown keys are refused; every quantity has its unit. */
import * as z from 'zod';
import { devicesSchema } from './devices-schema.ts';
import type { ScenarioDevices } from './devices-schema.ts';
import { expectSchema } from './expect-schema.ts';
import type { ScenarioExpectations } from './expect-schema.ts';
import { faultSchema } from './fault-schema.ts';
import type { ScenarioFault } from './fault-schema.ts';
import { landingSchema } from './landing-schema.ts';
import type { ScenarioDirt } from './landing-schema.ts';
import { runSchema } from './run-schema.ts';
import type { ScenarioRun } from './run-schema.ts';
import { worldSchema } from './world-schema.ts';
import type { ScenarioWorld } from './world-schema.ts';

/** A scenario as it was written, with units converted (ms, shares 0–1, ppm) and defaults filled in. */
export interface Scenario {
  version: 1;
  name: string;
  about?: string | undefined;
  tags: string[];
  world: ScenarioWorld;
  devices: ScenarioDevices;
  run: ScenarioRun;
  faults: ScenarioFault[];
  landing: ScenarioDirt[];
  pipeline: 'strict' | 'classic';
  expect: ScenarioExpectations;
}

/** Checks a parsed scenario file, converts its units and fills in its defaults. */
export const scenarioSchema: z.ZodType<Scenario> = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  name: z
    .string()
    .min(10, { error: 'expected a sentence of 10 letters or more that says what happens' })
    .meta({
      description: 'A sentence that says what happens.',
      examples: ['Two customers share serial 07 and one withdraws consent mid-walk'],
    }),
  about: z
    .string()
    .optional()
    .meta({
      description: 'Why this scenario exists: what it finds that no other does.',
      examples: ['A count of rows looks right, and the rows are those of other people.'],
    }),
  tags: z
    .array(z.string())
    .default([])
    .meta({ description: 'Words for stedi run --tag.', examples: [['privacy', 'smoke']] }),
  world: worldSchema,
  devices: devicesSchema.default({}),
  run: runSchema,
  faults: z.array(faultSchema).default([]).describe('What goes wrong, where, when and how often.'),
  landing: landingSchema
    .default([])
    .describe('What is wrong in the landing zone before the pipeline reads it.'),
  pipeline: z
    .enum(['strict', 'classic'])
    .default('strict')
    .describe('The pipeline under test; --pipeline overrides it.'),
  expect: expectSchema,
});
