/** What a line of a device was meant to be, however it is spelt. */
import type { FramingRuleId } from './framing-rule-id.ts';

/** A reading. Values may be out of their ranges; what could not be read at all is `NaN`. */
export interface MeantReading {
  readonly kind: 'reading';
  readonly boot: string;
  readonly seq: number;
  readonly ticks: number;
  readonly distance: number;
  readonly flags: number;
}

/** An event. */
export type MeantEvent =
  | { readonly kind: 'boot'; readonly boot: string; readonly why: string }
  | { readonly kind: 'heartbeat'; readonly boot: string; readonly ticks: number }
  | { readonly kind: 'fault'; readonly text: string };

/**
 * A response. `tag` is as it came; `fault` says what is wrong with the fields of those responses that have a rule of
 * their own.
 */
export type MeantResponse =
  | {
      readonly kind: 'id';
      readonly tag: string;
      readonly model: string;
      readonly serial: string;
      readonly firmware: string;
      readonly boot: string;
      readonly fault?: string;
    }
  | {
      readonly kind: 'caps';
      readonly tag: string;
      readonly maxRateHz: number;
      readonly options: readonly string[];
      readonly fault?: string;
    }
  | { readonly kind: 'ok'; readonly tag: string; readonly verb: string; readonly value: string }
  | {
      readonly kind: 'sync';
      readonly tag: string;
      readonly hostMs: string;
      readonly rxTicks: number;
      readonly txTicks: number;
      readonly fault?: string;
    }
  | { readonly kind: 'error'; readonly tag: string; readonly code: number };

/** Any line. */
export type MeantLine =
  MeantReading | MeantEvent | MeantResponse | { readonly kind: 'text'; readonly text: string };

/** A rule of the line format that a line breaks, with a sentence that names what was found and what was due. */
export interface Breach {
  readonly rule: FramingRuleId;
  readonly message: string;
}

/** One line, understood as far as it can be. */
export interface LenientLine {
  /** `undefined` for what nobody can understand. */
  readonly meant: MeantLine | undefined;
  readonly breaches: readonly Breach[];
  /** True for a line that another one has interrupted or of which bytes are missing. */
  readonly isTorn: boolean;
  /** True when the CRC protects the values, however it is spelt. */
  readonly isSure: boolean;
}

/** True for responses. */
export function isResponse(line: MeantLine | undefined): line is MeantResponse {
  return (
    line !== undefined &&
    (line.kind === 'id' ||
      line.kind === 'caps' ||
      line.kind === 'ok' ||
      line.kind === 'sync' ||
      line.kind === 'error')
  );
}
