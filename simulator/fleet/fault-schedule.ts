import type { Fault, SwapFault, UnplugFault } from '../core/faults.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthLedger } from '../core/truth-ledger.ts';
import type { TrainerBox } from '../core/world.ts';
import type { RestartableBroker } from './links.ts';
import type { Station } from './station.ts';

/** How long it takes to carry two boxes to each other's place. */
const SWAP_MS = 2_000;

/** What faults act on. */
export interface FaultScheduleOptions {
  readonly faults: readonly Fault[];
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  readonly stations: readonly Station[];
  readonly broker: RestartableBroker;
}

/** Schedules the faults that strike at a moment. Those that depend on each message are asked by the stations and phones. */
export function scheduleFaults(options: FaultScheduleOptions): void {
  for (const fault of options.faults) {
    if (fault.kind === 'unplug') scheduleUnplug(options, fault);
    if (fault.kind === 'swap-device') scheduleSwap(options, fault);
    if (fault.kind === 'brown-out') {
      options.timers.at(fault.atMs, () => options.stations[fault.station]?.brownOut());
    }
    if (fault.kind === 'broker-down') {
      options.timers.at(fault.atMs, () => options.broker.down());
      options.timers.at(fault.untilMs, () => {
        options.ledger.note('broker-restarted');
        options.broker.up();
      });
    }
  }
}

function scheduleUnplug(
  { timers, ledger, stations }: FaultScheduleOptions,
  fault: UnplugFault,
): void {
  const station = stations[fault.station] as Station;
  timers.at(fault.atMs, () => {
    const { box } = station;
    if (box === undefined) return;
    station.disconnect();
    ledger.note('trainer-unplugged');
    timers.at(fault.untilMs, () => {
      station.connect();
      station.placeBox(box, 'PWR');
    });
  });
}

function scheduleSwap({ timers, ledger, stations }: FaultScheduleOptions, fault: SwapFault): void {
  const here = stations[fault.station] as Station;
  const there = stations[fault.with] as Station;
  timers.at(fault.atMs, () => {
    if (here.box === undefined || there.box === undefined) return;
    const [fromHere, fromThere] = [here.removeBox(), there.removeBox()];
    timers.at(fault.atMs + SWAP_MS, () => {
      placeIfThere(here, fromThere);
      placeIfThere(there, fromHere);
      ledger.note('device-swapped');
    });
  });
}

function placeIfThere(station: Station, box: TrainerBox | undefined): void {
  if (box !== undefined) station.placeBox(box, 'PWR');
}
