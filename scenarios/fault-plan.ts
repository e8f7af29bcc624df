/** From the faults of a scenario file to those of a plan, and what may be wrong with them beyond their shape. */
import type { Fault, WireFault } from '../simulator/index.ts';
import type { ScenarioFault } from './schema/index.ts';

/** What faults are measured against. */
export interface FaultFrame {
  readonly startMs: number;
  readonly durationMs: number;
  readonly customers: number;
  readonly stations: number;
  /** Speed of the serial lines in bits per second. */
  readonly baudRate: number;
}

type Span = Pick<WireFault, 'atMs' | 'untilMs'>;
type Of<Kind extends ScenarioFault['kind']> = Extract<ScenarioFault, { kind: Kind }>;

/** The faults of a plan that one fault of a file stands for: two, where it acts on both directions of a line. */
export function toFaults(fault: ScenarioFault, frame: FaultFrame): Fault[] {
  const { startMs, durationMs, baudRate } = frame;
  const atMs = startMs + fault.at;
  const lastsMs = ('for' in fault ? fault.for : undefined) ?? durationMs;
  const span = { atMs, untilMs: Math.min(atMs + lastsMs, startMs + durationMs) };
  switch (fault.kind) {
    case 'unplug':
      return [{ kind: 'unplug', ...span, station: fault.on }];
    case 'swap-device':
      return [{ kind: 'swap-device', atMs, station: fault.on, with: fault.with }];
    case 'brown-out':
      return [{ kind: 'brown-out', atMs, station: fault.on }];
    case 'down':
      return [{ kind: 'broker-down', ...span }];
    default:
      return toLineFaults(fault, span, baudRate);
  }
}

/** Faults that act on each line, message or boot. */
function toLineFaults(
  fault: Exclude<ScenarioFault, { kind: 'unplug' | 'swap-device' | 'brown-out' | 'down' }>,
  span: Span,
  baudRate: number,
): Fault[] {
  switch (fault.kind) {
    case 'duplicate':
      return [toDuplicate(fault, span)];
    case 'wrong-baud':
      return toWrongBaud(fault, span, baudRate);
    case 'boot-garbage': {
      const baud = { sent: fault.baud, read: baudRate };
      return [{ ...wireFault(fault.kind, fault.on, span, fault), baud }];
    }
    case 'burst':
      return [{ kind: 'chunks', ...span, station: fault.on, size: 64 }];
    case 'chunks':
      return [{ kind: 'chunks', ...span, station: fault.on, size: 'any' }];
    case 'counter-wrap': {
      const { on: station, seq, ticks } = fault;
      return [{ kind: 'counter-wrap', ...span, station, seq, ticks }];
    }
    default:
      return [wireFault(fault.kind, fault.on, span, fault)];
  }
}

/** What is wrong with a fault although each of its values is right: a key of it and a sentence. */
export function findFaultContradictions(
  fault: ScenarioFault,
  { durationMs, customers, stations, baudRate }: FaultFrame,
): { readonly key: string; readonly message: string }[] {
  const { trainers, phone } = targetsOf(fault);
  const found: { key: string; message: string }[] = [];
  const complain = (key: string, message: string, isWrong: boolean): void => {
    if (isWrong) found.push({ key, message });
  };
  for (const [key, number] of trainers) {
    complain(key, `there are only ${stations} trainers, numbered from 0`, number >= stations);
  }
  complain(
    'on',
    `there are only ${customers} phones, numbered from 0`,
    phone !== undefined && phone >= customers,
  );
  if (fault.kind === 'swap-device') {
    complain('with', 'a trainer cannot change places with itself', fault.with === fault.on);
  }
  if (fault.kind === 'wrong-baud') {
    complain('baud', `the line runs at ${baudRate} anyway`, fault.baud === baudRate);
  }
  if (fault.kind === 'duplicate' && 'phone' in fault.on) {
    complain('count', 'phones send twice at a rate, not by count', fault.count !== undefined);
    complain('from', 'phones send by themselves', fault.from === 'host');
  }
  complain('at', 'the run is over by then', fault.at >= durationMs);
  return found;
}

/** The trainers that a fault names, by key, and its phone. */
function targetsOf(fault: ScenarioFault): {
  readonly trainers: readonly (readonly [key: string, number: number])[];
  readonly phone?: number | undefined;
} {
  if (fault.kind === 'down') return { trainers: [] };
  if (fault.kind === 'swap-device') {
    return { trainers: [['on', fault.on] as const, ['with', fault.with] as const] };
  }
  if (fault.kind !== 'duplicate') return { trainers: [['on', fault.on]] };
  return 'phone' in fault.on
    ? { trainers: [], phone: fault.on.phone }
    : { trainers: [['on', fault.on.trainer]] };
}

function toDuplicate(fault: Of<'duplicate'>, span: Span): Fault {
  if ('trainer' in fault.on) return wireFault('duplicate', fault.on.trainer, span, fault);
  return { kind: 'duplicate', ...span, person: fault.on.phone, rate: fault.rate ?? 1 };
}

/** What the trainer sends comes out wrong at the host, and the other way round. */
function toWrongBaud({ on, baud }: Of<'wrong-baud'>, span: Span, baudRate: number): Fault[] {
  const ofDevice = wireFault('wrong-baud', on, span, {});
  return [
    { ...ofDevice, baud: { sent: baud, read: baudRate } },
    { ...ofDevice, from: 'host', baud: { sent: baudRate, read: baud } },
  ];
}

function wireFault(
  damage: WireFault['damage'],
  station: number,
  span: Span,
  hits: {
    readonly from?: WireFault['from'];
    readonly rate?: number | undefined;
    readonly count?: number | undefined;
  },
): WireFault {
  const { from = 'device', rate = 1, count } = hits;
  const { atMs, untilMs } = span;
  const fault = { kind: 'wire', damage, station, from, rate, atMs, untilMs } as const;
  return count === undefined ? fault : { ...fault, count };
}
