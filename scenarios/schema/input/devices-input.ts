/** The key `devices` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Drift, Duration, Share } from './quantities.ts';

/** Trainers and phones: their links and their clocks. */
export type DevicesInput = {
  /** The step trainers: one for each household. */
  readonly trainer?:
    | {
        /** How people move. step-test: 30 steps in 61 to 120 s, with one distance at each. continuous: somebody walks and stands for 60 to 90 s, measured 20 times a second; phones do the same then. */
        readonly profile?: 'step-test' | 'continuous' | undefined;
        /** The serial line between a trainer and the bridge. */
        readonly link?:
          | {
              /** The kind of cable; in sim it is a link in memory at the same pace. */
              readonly kind?: 'pty' | undefined;
              /** Speed of the serial line in bits per second; a byte takes ten bits. */
              readonly baud?: number | undefined;
            }
          | undefined;
        /** How wrong the clocks of trainers are. */
        readonly clock?:
          | {
              /** Each trainer's clock runs wrong by its own amount between minus and plus this, in parts per million. */
              readonly drift: Drift;
            }
          | undefined;
      }
    | undefined;
  /** The phones: one for each person. */
  readonly phone?:
    | {
        /** How people move. step-test: three samples at each of 30 steps. continuous: 50 samples a second of the walk that the trainer sees. */
        readonly profile?: 'step-test' | 'continuous' | undefined;
        /** How wrong the clocks of phones are. */
        readonly clock?:
          | {
              /** Each phone's clock is off by its own amount between minus and plus this. */
              readonly skew?: Duration | undefined;
              /** Each phone's clock runs wrong by its own amount between minus and plus this, in parts per million. */
              readonly drift?: Drift | undefined;
              /** The clocks of phones jump: an hour forward in spring, a second back after a leap second. */
              readonly jump?:
                | {
                    /** How much more the clocks show from then on; less, if it is negative. */
                    readonly by: Duration;
                    /** When they jump, from the start of the run. */
                    readonly at: Duration;
                    /** The probability that the clock of a phone does so. */
                    readonly phones?: Share | undefined;
                  }
                | undefined;
              /** The stamps of samples are cut off to whole multiples of this. Without it, they are rounded to whole milliseconds. */
              readonly rounding?: Duration | undefined;
              /** The clocks are set anew: from a time on they are off by another bound. */
              readonly changes?:
                | readonly {
                    /** When, from the start of the run. */
                    readonly at: Duration;
                    /** Each clock is off by its own part of this from then on; it is the part that it has of any other bound. */
                    readonly skew: Duration;
                  }[]
                | undefined;
            }
          | undefined;
      }
    | undefined;
  /** Recorded devices that take part; their readings are nobody’s. */
  readonly recorded?:
    | readonly {
        /** Recording of a device, with its path from this file. */
        readonly file: string;
        /** When the device is plugged in, from the start of the run. */
        readonly at: Duration;
      }[]
    | undefined;
};
