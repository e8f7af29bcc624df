/** What an act of the kit is: a generator that yields what it wants done, and gets back what happened. */
import type { LenientLine, MeantResponse } from '../meant-line.ts';
import { isResponse } from '../meant-line.ts';

/** A line of the device while the kit runs. */
export interface ReceivedLine extends LenientLine {
  readonly atMs: number;
  readonly bytes: string;
}

/** What an act may ask for; `wait` ends with the first line that is `until`, or after `ms`. */
export type Step =
  | { readonly kind: 'act'; readonly name: string }
  | { readonly kind: 'send'; readonly bytes: string }
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'wait';
      readonly ms: number;
      readonly until?: (line: ReceivedLine) => boolean;
    };

/** What happened until a step was done; `met` is the line that a wait was for. */
export interface Happening {
  readonly nowMs: number;
  readonly lines: readonly ReceivedLine[];
  readonly met: ReceivedLine | undefined;
  /** What has come of a line that has not ended. */
  readonly unfinished: string;
}

/** A script of stimuli. */
export type Act<Result = void> = Generator<Step, Result, Happening>;

/** Waits for `ms`, or until a line that is asked for. */
export function* wait(ms: number, until?: (line: ReceivedLine) => boolean): Act<Happening> {
  return yield until === undefined ? { kind: 'wait', ms } : { kind: 'wait', ms, until };
}

/** The response of a line, if it is one. */
export function responseOf(line: ReceivedLine | undefined): MeantResponse | undefined {
  return isResponse(line?.meant) ? line.meant : undefined;
}

/** True for a line with a class and a verb of the protocol. */
export function isFramed(line: ReceivedLine): boolean {
  return line.meant !== undefined && line.meant.kind !== 'text';
}

/** True for a reading. */
export function isReading(line: ReceivedLine): boolean {
  return line.meant?.kind === 'reading';
}
