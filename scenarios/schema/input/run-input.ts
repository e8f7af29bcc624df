/** The key `run` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Duration, Share } from './quantities.ts';

/** How long the world lasts, and how it is run. */
export type RunInput = {
  /** How long the world lasts: at least 30 s plus 180 s for each session of a household. */
  readonly duration: Duration;
  /** Virtual time with links in memory, or real time with real links. */
  readonly mode?: 'sim' | 'live' | undefined;
  /** Range of seeds, both ends included; a run without --seed takes the first. */
  readonly seeds?: string | undefined;
  /** How many times faster than real time a live run goes; without effect in sim. */
  readonly speed?: number | undefined;
  /** What a sweep over seeds varies: each seed draws which faults are on and how strong they are, up to what is listed. With false, faults are as listed in every seed. */
  readonly swarm?:
    | false
    | {
        /** How likely each fault is to be on, in each seed by itself. */
        readonly each?: Share | undefined;
        /** Faults that only swarms draw, beside those of the scenario. */
        readonly faults?:
          | readonly (
              | {
                  readonly kind: 'garble' | 'drop' | 'duplicate' | 'merge' | 'partial' | 'cr-only';
                  readonly on: string;
                  readonly from?: 'device' | 'host' | undefined;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly rate?: Share | undefined;
                  readonly count?: number | undefined;
                }
              | {
                  readonly kind: 'late';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly rate?: Share | undefined;
                  readonly by: Duration;
                }
              | {
                  readonly kind: 'reorder';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly rate?: Share | undefined;
                  readonly by?: Duration | undefined;
                }
              | {
                  readonly kind: 'offline' | 'unplug';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for: Duration;
                }
              | {
                  readonly kind: 'wrong-baud';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly baud: number;
                }
              | {
                  readonly kind: 'boot-garbage';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly rate?: Share | undefined;
                  readonly count?: number | undefined;
                  readonly baud?: number | undefined;
                }
              | {
                  readonly kind: 'burst' | 'chunks';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                }
              | { readonly kind: 'brown-out'; readonly on: string; readonly at: Duration }
              | {
                  readonly kind: 'counter-wrap';
                  readonly on: string;
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly seq?: number | undefined;
                  readonly ticks?: number | undefined;
                }
              | {
                  readonly kind: 'swap-device';
                  readonly on: string;
                  readonly at: Duration;
                  readonly with: string;
                }
              | {
                  readonly kind: 'down';
                  readonly on: 'broker' | 's3';
                  readonly at: Duration;
                  readonly for: Duration;
                }
              | {
                  readonly kind: 'slow';
                  readonly on: 's3';
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                  readonly by: Duration;
                }
              | {
                  readonly kind: 'partial-listing';
                  readonly on: 's3';
                  readonly count?: number | undefined;
                }
              | {
                  readonly kind: 'killed';
                  readonly on: 'bridge';
                  readonly at: Duration;
                  readonly for?: Duration | undefined;
                }
            )[]
          | undefined;
      }
    | undefined;
};
