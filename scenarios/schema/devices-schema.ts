/** The devices of a scenario file: trainers, phones, and recordings of real ones. */
import * as z from 'zod';
import type { Recording } from '../../simulator/index.ts';
import { baudRate, duration, partsPerMillion } from './units.ts';

/** A recorded device that takes part from `at` on; `recording` is what its file holds, once that was read. */
export interface ScenarioRecording {
  file: string;
  at: number;
  recording?: Recording | undefined;
}

/** The devices of a scenario; times in ms, drifts in ppm. */
export interface ScenarioDevices {
  trainer?:
    { link?: { baud: number } | undefined; clock?: { drift: number } | undefined } | undefined;
  phone?: { clock?: { skew: number; drift: number } | undefined } | undefined;
  recorded?: ScenarioRecording[] | undefined;
}

/** Checks the devices, converts their units and fills in their defaults. */
export const devicesSchema: z.ZodType<ScenarioDevices> = z.strictObject({
  trainer: z
    .strictObject({
      profile: z.literal('step-test').default('step-test'),
      link: z
        .strictObject({
          kind: z.literal('pty').default('pty'),
          baud: baudRate.default(57_600),
        })
        .optional(),
      clock: z.strictObject({ drift: partsPerMillion }).optional(),
    })
    .optional(),
  phone: z
    .strictObject({
      profile: z.literal('step-test').default('step-test'),
      clock: z
        .strictObject({
          skew: duration.default(0),
          drift: partsPerMillion.default(0),
        })
        .optional(),
    })
    .optional(),
  recorded: z
    .array(z.strictObject({ file: z.string().min(1), at: duration }))
    .max(20)
    .optional(),
});
