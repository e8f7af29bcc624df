/** What goes into a device session and what comes out of it. */

import type { JsonFault } from './strict-json.ts';

/** Why a line from a serial port did not become a record. */
export type SerialReject =
  | 'garbled-line'
  /** Its end is missing, or its beginning: the port was closed or opened in its middle, or it was too long. */
  | 'line-cut-off'
  | 'boot-not-introduced'
  | 'clock-not-fitted'
  | 'distance-out-of-range'
  /** The device has sent this very reading before: a line was doubled on its way, or came through two ports. */
  | 'repeated-reading'
  /** Its seq or ticks cannot follow those before, or its time is yet to come: a damaged line whose CRC is right by chance. */
  | 'implausible-reading'
  /** Raw records that are no text or no JSON that has one meaning. */
  | 'not-utf8'
  | JsonFault;

/** What a session wants done. `text` and `line` have one byte per character; a record of level 0 is not checked yet. */
export type SessionEffect =
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'wake'; readonly atMs: number }
  | { readonly kind: 'land'; readonly record: unknown; readonly line: string }
  | { readonly kind: 'quarantine'; readonly reason: SerialReject; readonly line: string };

/** What happens to a session; times are those of the host's even clock, in epoch ms with fractions. */
export type SessionEvent =
  | { readonly kind: 'opened'; readonly atMs: number }
  | { readonly kind: 'line'; readonly line: string; readonly atMs: number }
  | { readonly kind: 'woken'; readonly atMs: number }
  /** The time of day is now ahead of the host's time by `setMs`: somebody has set the clock. */
  | { readonly kind: 'clock-set'; readonly setMs: number; readonly atMs: number }
  /** There is no room for readings: the device shall rest until `released`. */
  | { readonly kind: 'held'; readonly atMs: number }
  | { readonly kind: 'released'; readonly atMs: number }
  | { readonly kind: 'closing'; readonly atMs: number };
