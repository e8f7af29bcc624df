/** Lines that show the device's clock, and what is wrong with the way it counts. */
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import type { Boot, Heard } from '../restarts.ts';
import { perConversation } from './per-conversation.ts';

/** Ticks wrap at this value. */
export const TICKS_MODULUS: number = 2 ** 32;
/** Where counters of other widths and units wrap: 8 to 31 bits, and µs in 32 bits as ms. */
const OTHER_MODULI: readonly number[] = [2 ** 8, 2 ** 15, 2 ** 16, 2 ** 24, 4_294_968, 2 ** 31];

/** A line with its ticks; `clock` is the one of readings and heartbeats, or that of SYNC. */
export interface Ticked {
  readonly line: Heard;
  readonly ticks: number;
  readonly boot: Boot;
  readonly clock: 'line' | 'sync';
}

/** A step of the ticks that should not be. */
export interface TickFault extends Violation {
  readonly rule: 'STL-TICK-001' | 'STL-TICK-002';
  readonly line: Heard;
}

/** The ticks of a reading, a heartbeat or a SYNC response (those at which it was begun), if they can be read. */
export function ticksIn({ meant }: Heard): number | undefined {
  switch (meant?.kind) {
    case 'reading':
    case 'heartbeat':
      return Number.isNaN(meant.ticks) ? undefined : meant.ticks;
    case 'sync':
      return Number.isNaN(meant.txTicks) ? undefined : meant.txTicks;
    default:
      return undefined;
  }
}

/** All lines with ticks of one clock. */
export function tickedLines({ values }: Conversation, clock: Ticked['clock']): readonly Ticked[] {
  return values.flatMap((line) => {
    const ticks = ticksIn(line);
    const of = line.meant?.kind === 'sync' ? 'sync' : 'line';
    return ticks === undefined || of !== clock ? [] : [{ line, ticks, boot: line.boot, clock }];
  });
}

/** How far ticks went on from one value to the next, over the wrap; negative when they went back. */
export function ticksBetween(before: number, after: number): number {
  const step = (((after - before) % TICKS_MODULUS) + TICKS_MODULUS) % TICKS_MODULUS;
  return step < TICKS_MODULUS / 2 ? step : step - TICKS_MODULUS;
}

/** Everything that seems wrong with the order of ticks, whatever the reason. */
export const findTickSteps: (conversation: Conversation) => readonly TickFault[] = perConversation(
  (conversation) =>
    (['line', 'sync'] as const).flatMap((clock) => findFaults(tickedLines(conversation, clock))),
);

/** What is wrong with the order of ticked lines of one clock. */
export function findFaults(ticked: readonly Ticked[]): readonly TickFault[] {
  return ticked.flatMap((after, index) => {
    const before = ticked[index - 1];
    const isFirst = before?.boot !== after.boot;
    const fault = isFirst ? tooLarge(after) : wrongStep(before, after);
    return fault === undefined ? [] : [{ ...fault, entry: after.line.entry, line: after.line }];
  });
}

type Fault = Pick<TickFault, 'rule' | 'message'>;

function tooLarge({ ticks }: Ticked): Fault | undefined {
  if (ticks < TICKS_MODULUS) return undefined;
  return { rule: 'STL-TICK-002', message: `The ticks are ${ticks}, at most 4294967295 are due.` };
}

function wrongStep(before: Ticked, after: Ticked): Fault | undefined {
  const large = tooLarge(after);
  if (large !== undefined || before.ticks >= TICKS_MODULUS) return large;
  const elapsedMs = after.line.atMs - before.line.atMs;
  const stepMax = elapsedMs * 1.1 + 5 * HOST_ALLOWANCE_MS + 500;
  const step = ticksBetween(before.ticks, after.ticks);
  const said = `The ticks are ${after.ticks} after ${before.ticks}`;
  const last = TICKS_MODULUS - 1;
  if (after.ticks === last && before.ticks === last) {
    return { rule: 'STL-TICK-002', message: `${said}, they go on with 0.` };
  }
  if (after.ticks >= before.ticks || (step >= 0 && step <= stepMax)) return undefined;
  const modulus = OTHER_MODULI.find((other) => {
    const forward = after.ticks + other - before.ticks;
    return before.ticks < other && forward >= 0 && forward <= stepMax;
  });
  if (modulus !== undefined) {
    return { rule: 'STL-TICK-002', message: `${said}: they wrap at ${modulus}, not at 2^32.` };
  }
  if (step > 0 && TICKS_MODULUS - before.ticks <= stepMax) {
    return { rule: 'STL-TICK-002', message: `${said}, behind 4294967295 comes 0.` };
  }
  return { rule: 'STL-TICK-001', message: `${said}: they go back by ${-step}.` };
}
