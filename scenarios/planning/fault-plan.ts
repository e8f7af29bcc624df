/** From the faults of a scenario file to those of a plan, and what may be wrong with them beyond their shape. */
import type { Fault, WireFault } from '../../simulator/index.ts';
import type { LINE_FAULT_KINDS, ScenarioFault } from '../schema/index.ts';

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
  const span = spanOf(fault, frame);
  const { atMs } = span;
  switch (fault.kind) {
    case 'unplug':
      return [{ kind: 'unplug', ...span, station: fault.on }];
    case 'swap-device':
      return [{ kind: 'swap-device', atMs, station: fault.on, with: fault.with }];
    case 'brown-out':
      return [{ kind: 'brown-out', atMs, station: fault.on }];
    case 'offline':
    case 'late':
    case 'reorder':
      return [toPhoneFault(fault, span)];
    case 'down':
    case 'slow':
    case 'killed':
    case 'partial-listing':
      return [toPlantFault(fault, span)];
    default:
      return toLineFaults(fault, span, frame.baudRate);
  }
}

/** Without `for`, a fault lasts to the end of the run, and none lasts longer. */
function spanOf(fault: ScenarioFault, { startMs, durationMs }: FaultFrame): Span {
  const atMs = startMs + fault.at;
  const lastsMs = ('for' in fault ? fault.for : undefined) ?? durationMs;
  return { atMs, untilMs: Math.min(atMs + lastsMs, startMs + durationMs) };
}

function toPhoneFault(fault: Of<'offline' | 'late' | 'reorder'>, span: Span): Fault {
  const person = fault.on.phone;
  if (fault.kind === 'offline') return { kind: 'offline', ...span, person };
  const { kind: what, rate, by: byMs } = fault;
  return { kind: 'message', what, ...span, person, rate, byMs };
}

/** What happens to broker, storage and bridge. */
function toPlantFault(
  fault: Of<'down' | 'slow' | 'killed' | 'partial-listing'>,
  span: Span,
): Fault {
  if (fault.kind === 'partial-listing') return { kind: fault.kind, count: fault.count };
  if (fault.kind === 'slow') return { kind: 'storage-slow', ...span, byMs: fault.by };
  if (fault.kind === 'killed') return { kind: 'bridge-killed', ...span };
  return { kind: fault.on === 's3' ? 'storage-down' : 'broker-down', ...span };
}

type LineFaultKind =
  | (typeof LINE_FAULT_KINDS)[number]
  | 'drop'
  | 'duplicate'
  | 'wrong-baud'
  | 'boot-garbage'
  | 'burst'
  | 'chunks'
  | 'counter-wrap';

/** Faults that act on each line or boot, and those that act on lines and messages alike. */
function toLineFaults(
  fault: Extract<ScenarioFault, { kind: LineFaultKind }>,
  span: Span,
  baudRate: number,
): Fault[] {
  switch (fault.kind) {
    case 'duplicate':
    case 'drop':
      return [toDoubleOrLoss(fault, span)];
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
  if ((fault.kind === 'duplicate' || fault.kind === 'drop') && 'phone' in fault.on) {
    complain('count', 'messages are hit at a rate, not by count', fault.count !== undefined);
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
  if (typeof fault.on === 'string') return { trainers: [] };
  if (fault.kind === 'swap-device') {
    return { trainers: [['on', fault.on] as const, ['with', fault.with] as const] };
  }
  if (typeof fault.on === 'number') return { trainers: [['on', fault.on]] };
  return 'phone' in fault.on
    ? { trainers: [], phone: fault.on.phone }
    : { trainers: [['on', fault.on.trainer]] };
}

function toDoubleOrLoss(fault: Of<'duplicate' | 'drop'>, span: Span): Fault {
  if ('trainer' in fault.on) return wireFault(fault.kind, fault.on.trainer, span, fault);
  const { kind, on, rate = 1 } = fault;
  if (kind === 'duplicate') return { kind, ...span, person: on.phone, rate };
  return { kind: 'message', what: 'drop', ...span, person: on.phone, rate, byMs: 0 };
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
