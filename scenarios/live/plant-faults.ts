import type { Fault, Timers } from '../../simulator/index.ts';
import type { StorageOutage } from './storage-outage.ts';

/** What faults of the plant act on. */
export interface PlantFaultTargets {
  /** The world's clock, and how many times as fast as real time it is. */
  readonly timers: Timers & { readonly speed: number };
  /** `undefined` for a storage of somebody else. */
  readonly outage: StorageOutage | undefined;
}

/** Schedules the faults that a plan has for the storage. */
export function schedulePlantFaults(
  faults: readonly Fault[],
  { timers, outage }: PlantFaultTargets,
): void {
  if (outage === undefined) return;
  for (const fault of faults) {
    if (fault.kind !== 'storage-down' && fault.kind !== 'storage-slow') continue;
    timers.at(fault.atMs, () => {
      const end =
        fault.kind === 'storage-down'
          ? outage.takeAway()
          : outage.slowDown(fault.byMs / timers.speed);
      timers.at(fault.untilMs, end);
    });
  }
}
