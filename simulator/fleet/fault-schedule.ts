import type {
  Fault,
  PhoneFault,
  StationFault,
  SuddenFault,
  SuddenFaultOf,
  SwapFault,
  UnplugFault,
} from '../core/faults.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthLedger } from '../core/truth-ledger.ts';
import type { TrainerBox } from '../core/world.ts';
import type { RestartableBroker } from './links.ts';
import type { Phone } from './phone.ts';
import type { Station } from './station.ts';

/** How long it takes to carry two boxes to each other's place. */
const SWAP_MS = 2_000;

/** What faults act on. */
export interface FaultTargets {
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  readonly stations: readonly Station[];
  readonly phones: readonly Phone[];
  readonly broker: RestartableBroker;
}

/** A fault that is on. */
export interface StruckFault {
  /** Ends it, as far as it has an end: boxes that changed places stay there. More than once is the same as once. */
  end(): void;
}

/** Schedules the faults that strike at a moment. Those that depend on each message are asked by the stations and phones. */
export function scheduleFaults(
  options: Omit<FaultTargets, 'phones'> & { readonly faults: readonly Fault[] },
): void {
  const { timers, stations, broker } = options;
  for (const fault of options.faults) {
    if (fault.kind === 'unplug') {
      timers.at(fault.atMs, () => {
        const plugIn = unplug(options, fault);
        timers.at(fault.untilMs, plugIn);
      });
    }
    if (fault.kind === 'swap-device') timers.at(fault.atMs, () => swap(options, fault));
    if (fault.kind === 'brown-out') {
      timers.at(fault.atMs, () => stations[fault.station]?.brownOut());
    }
    if (fault.kind === 'broker-down') {
      timers.at(fault.atMs, () => broker.down());
      timers.at(fault.untilMs, () => bringUp(options));
    }
  }
}

/** Lets a fault strike now, and gives back what ends it. */
export function strikeNow(targets: FaultTargets, fault: SuddenFault): StruckFault {
  const end = begin(targets, fault);
  let isOver = false;
  return {
    end: () => {
      if (!isOver) end();
      isOver = true;
    },
  };
}

function begin(targets: FaultTargets, fault: SuddenFault): () => void {
  const { stations, broker } = targets;
  switch (fault.kind) {
    case 'unplug':
      return unplug(targets, fault);
    case 'swap-device':
      swap(targets, fault);
      return () => undefined;
    case 'brown-out':
      stations[fault.station]?.brownOut();
      return () => undefined;
    case 'broker-down':
      broker.down();
      return () => bringUp(targets);
    default:
      return add(targets, fault);
  }
}

/** Adds a fault to what asks for it at each line or message. */
function add(
  { timers, stations, phones }: FaultTargets,
  fault: SuddenFaultOf<StationFault | PhoneFault>,
): () => void {
  // Whoever asks keeps this very object, whose end is told later.
  const span = { atMs: timers.now(), untilMs: Infinity };
  const close = (): void => void (span.untilMs = timers.now());
  if ('station' in fault) {
    stations[fault.station]?.addFault(Object.assign(span, fault));
    return close;
  }
  const isHit = ({ person }: Phone): boolean =>
    fault.person === undefined || fault.person === person.id;
  const hit = phones.filter(isHit);
  for (const phone of hit) phone.addFault(Object.assign(span, fault));
  return () => {
    close();
    for (const phone of hit) phone.sendBacklog();
  };
}

function bringUp({ ledger, broker }: Pick<FaultTargets, 'ledger' | 'broker'>): void {
  ledger.note('broker-restarted');
  broker.up();
}

/** Pulls the cable of a station, and gives back what plugs it in again. */
function unplug(
  { ledger, stations }: Pick<FaultTargets, 'ledger' | 'stations'>,
  fault: Pick<UnplugFault, 'station'>,
): () => void {
  const station = stations[fault.station] as Station;
  if (station.box !== undefined) ledger.note('trainer-unplugged');
  station.unplug();
  return () => station.plugIn();
}

function swap(
  { timers, ledger, stations }: Pick<FaultTargets, 'timers' | 'ledger' | 'stations'>,
  fault: Pick<SwapFault, 'station' | 'with'>,
): void {
  const here = stations[fault.station] as Station;
  const there = stations[fault.with] as Station;
  if (here.box === undefined || there.box === undefined) return;
  const [fromHere, fromThere] = [here.removeBox(), there.removeBox()];
  timers.at(timers.now() + SWAP_MS, () => {
    placeIfThere(here, fromThere);
    placeIfThere(there, fromHere);
    ledger.note('device-swapped');
  });
}

function placeIfThere(station: Station, box: TrainerBox | undefined): void {
  if (box !== undefined) station.placeBox(box, 'PWR');
}
