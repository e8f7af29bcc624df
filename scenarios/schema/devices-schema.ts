/** The devices of a scenario file: trainers, phones, and recordings of real ones. */
import * as z from 'zod';
import type { Recording } from '../../simulator/index.ts';
import { baudRate, duration, partsPerMillion, share, signedDuration } from './units.ts';

/** How people move: both devices see the same. */
const motionProfile: z.ZodOptional<
  z.ZodEnum<{ 'step-test': 'step-test'; continuous: 'continuous' }>
> = z.enum(['step-test', 'continuous']).optional();

/** A recorded device that takes part from `at` on; `recording` is what its file holds, once that was read. */
export interface ScenarioRecording {
  file: string;
  at: number;
  recording?: Recording | undefined;
}

/** How wrong the clocks of phones are; times in ms, the drift in ppm, the share of phones 0–1. */
export interface ScenarioPhoneClock {
  skew: number;
  drift: number;
  jump?: { by: number; at: number; phones: number } | undefined;
  rounding?: number | undefined;
  changes?: { at: number; skew: number }[] | undefined;
}

/** How people move. */
export type MotionProfile = 'step-test' | 'continuous';

/** The devices of a scenario; times in ms, drifts in ppm. */
export interface ScenarioDevices {
  trainer?:
    | {
        profile?: MotionProfile | undefined;
        link?: { baud: number } | undefined;
        clock?: { drift: number } | undefined;
      }
    | undefined;
  phone?:
    { profile?: MotionProfile | undefined; clock?: ScenarioPhoneClock | undefined } | undefined;
  recorded?: ScenarioRecording[] | undefined;
}

/** Checks the devices, converts their units and fills in their defaults. */
export const devicesSchema: z.ZodType<ScenarioDevices> = z
  .strictObject({
    trainer: z
      .strictObject({
        profile: motionProfile.describe(
          'How people move. step-test: 30 steps in 61 to 120 s, with one distance at each. continuous: somebody walks and stands for 60 to 90 s, measured 20 times a second; phones do the same then.',
        ),
        link: z
          .strictObject({
            kind: z
              .literal('pty')
              .default('pty')
              .describe('The kind of cable; in sim it is a link in memory at the same pace.'),
            baud: baudRate
              .default(57_600)
              .describe('Speed of the serial line in bits per second; a byte takes ten bits.'),
          })
          .optional()
          .describe('The serial line between a trainer and the bridge.'),
        clock: z
          .strictObject({
            drift: partsPerMillion.describe(
              "Each trainer's clock runs wrong by its own amount between minus and plus this, in parts per million.",
            ),
          })
          .optional()
          .describe('How wrong the clocks of trainers are.'),
      })
      .optional()
      .describe('The step trainers: one for each household.'),
    phone: z
      .strictObject({
        profile: motionProfile.describe(
          'How people move. step-test: three samples at each of 30 steps. continuous: 50 samples a second of the walk that the trainer sees.',
        ),
        clock: z
          .strictObject({
            skew: duration
              .prefault('0ms')
              .describe("Each phone's clock is off by its own amount between minus and plus this."),
            drift: partsPerMillion
              .prefault('0ppm')
              .describe(
                "Each phone's clock runs wrong by its own amount between minus and plus this, in parts per million.",
              ),
            jump: z
              .strictObject({
                by: signedDuration.describe(
                  'How much more the clocks show from then on; less, if it is negative.',
                ),
                at: duration.describe('When they jump, from the start of the run.'),
                phones: share
                  .prefault('100%')
                  .describe('The probability that the clock of a phone does so.'),
              })
              .optional()
              .describe(
                'The clocks of phones jump: an hour forward in spring, a second back after a leap second.',
              ),
            rounding: duration
              .refine((ms) => ms >= 1, { error: 'expected 1ms or more' })
              .optional()
              .describe(
                'The stamps of samples are cut off to whole multiples of this. Without it, they are rounded to whole milliseconds.',
              ),
            changes: z
              .array(
                z.strictObject({
                  at: duration.describe('When, from the start of the run.'),
                  skew: duration.describe(
                    'Each clock is off by its own part of this from then on; it is the part that it has of any other bound.',
                  ),
                }),
              )
              .max(1_000)
              .optional()
              .describe('The clocks are set anew: from a time on they are off by another bound.'),
          })
          .optional()
          .describe('How wrong the clocks of phones are.'),
      })
      .optional()
      .describe('The phones: one for each person.'),
    recorded: z
      .array(
        z.strictObject({
          file: z
            .string()
            .min(1)
            .meta({
              description: 'Recording of a device, with its path from this file.',
              examples: ['./board.stlrec'],
            }),
          at: duration.describe('When the device is plugged in, from the start of the run.'),
        }),
      )
      .max(20)
      .optional()
      .describe('Recorded devices that take part; their readings are nobody’s.'),
  })
  .describe('Trainers and phones: their links and their clocks.');
