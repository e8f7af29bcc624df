/** The key `faults` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Duration, Share } from './quantities.ts';

/** What goes wrong, where, when and how often. */
export type FaultsInput = readonly (
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
  | { readonly kind: 'partial-listing'; readonly on: 's3'; readonly count?: number | undefined }
  | {
      readonly kind: 'killed';
      readonly on: 'bridge';
      readonly at: Duration;
      readonly for?: Duration | undefined;
    }
)[];
