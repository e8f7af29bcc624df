/** The boots of a device in a transcript. */
import { decodeHostCommand } from '../../firmware-protocol/index.ts';
import type { LenientLine, MeantLine } from './meant-line.ts';
import { isResponse } from './meant-line.ts';
import { readLine } from './read-line.ts';
import type { Transcript } from './transcript.ts';

/** A line of the device in a transcript. */
export interface Heard extends LenientLine {
  /** Its index in the transcript. */
  readonly entry: number;
  readonly fromMs: number;
  readonly atMs: number;
  readonly bytes: string;
  /** The act that it belongs to, empty when the transcript names none. */
  readonly act: string;
  readonly boot: Boot;
}

/** The time from one start of a device to the next. */
export interface Boot {
  /** Index of the entry at which it began. */
  readonly entry: number;
  readonly startMs: number;
  /** Whether the port was opened, the reset line used, REBOOT asked for, or nothing known. */
  readonly cause: 'open' | 'reset' | 'command' | 'itself';
  /** What REBOOT asked the counters to begin with. */
  readonly base: { readonly seq: number; readonly ticks: number };
  /** The `!BOOT`, if it came. */
  event: Heard | undefined;
  /** True when a command was answered. */
  isAwake: boolean;
}

/** What a transcript is about: its lines, and the boots that they belong to. */
export interface HeardLines {
  readonly heard: readonly Heard[];
  readonly boots: readonly Boot[];
  /** The boot of every entry of the transcript. */
  readonly bootOf: readonly Boot[];
}

const NO_BASE = { seq: 0, ticks: 0 };

/** Reads all lines of the device and finds out when it has started. */
export function findBoots(transcript: Transcript): HeardLines {
  const finder = new BootFinder(transcript[0]?.atMs ?? 0);
  transcript.forEach((entry, index) => {
    switch (entry.kind) {
      case 'act':
        finder.act = entry.name;
        break;
      case 'sent':
        finder.lastSent = entry.bytes;
        break;
      case 'reset':
        finder.begin(index, entry.atMs, 'reset');
        break;
      case 'received':
        finder.hear(index, entry);
        break;
      case 'closed':
        break;
    }
    finder.bootOf.push(finder.boot);
  });
  return finder;
}

/** A line that the host has sent is nothing that the device has to say, whatever else is wrong with it. */
const ECHO: LenientLine = {
  meant: undefined,
  breaches: [
    { rule: 'STL-FRAME-001', message: 'The line is that of the host once more, without a class.' },
  ],
  isTorn: false,
  isSure: false,
};

class BootFinder implements HeardLines {
  readonly heard: Heard[] = [];
  readonly boots: Boot[];
  readonly bootOf: Boot[] = [];
  boot: Boot;
  act = '';
  lastSent = '';

  constructor(startMs: number) {
    this.boot = {
      entry: 0,
      startMs,
      cause: 'open',
      base: NO_BASE,
      event: undefined,
      isAwake: false,
    };
    this.boots = [this.boot];
  }

  begin(entry: number, startMs: number, cause: Boot['cause']): void {
    const base = cause === 'command' ? this.#readBase() : NO_BASE;
    this.boot = { entry, startMs, cause, base, event: undefined, isAwake: false };
    this.boots.push(this.boot);
  }

  hear(entry: number, line: { fromMs: number; atMs: number; bytes: string }): void {
    const { fromMs, atMs, bytes } = line;
    const read = this.#isEcho(bytes) ? ECHO : readLine(bytes);
    const { meant } = read;
    const isRestarting = isRebooting(meant);
    const isBoot = meant?.kind === 'boot';
    const isAsked = (isRestarting || isBoot) && this.#lastReboot() !== undefined;
    if (isBoot && this.#hasBegun()) {
      this.begin(entry, fromMs, isAsked ? 'command' : 'itself');
    }
    const boot = isRestarting && !isAsked ? this.#bootOfRepeated() : this.boot;
    const heard: Heard = { ...read, entry, fromMs, atMs, bytes, act: this.act, boot };
    this.heard.push(heard);
    note(boot, heard);
    if (isRestarting && isAsked) {
      this.begin(entry + 1, atMs, 'command');
      this.lastSent = '';
    }
  }

  /** A second response to REBOOT is no second restart, but was sent before the first. */
  #bootOfRepeated(): Boot {
    const { cause, event, isAwake } = this.boot;
    const isStarting = cause === 'command' && event === undefined && !isAwake;
    return (isStarting ? this.boots.at(-2) : undefined) ?? this.boot;
  }

  #hasBegun(): boolean {
    return this.boot.event !== undefined || this.boot.isAwake;
  }

  /** Whether a line is one that was just sent. */
  #isEcho(bytes: string): boolean {
    const content = bytes.replace(/[\r\n]+$/, '');
    return content !== '' && this.lastSent.split(/[\r\n]+/).includes(content);
  }

  #lastReboot(): { seq: number; ticks: number } | undefined {
    const decoded = decodeHostCommand(this.lastSent.replace(/\r?\n$/, ''));
    return decoded.kind === 'command' && decoded.command.kind === 'reboot'
      ? decoded.command
      : undefined;
  }

  #readBase(): Boot['base'] {
    const reboot = this.#lastReboot();
    return reboot === undefined ? NO_BASE : { seq: reboot.seq, ticks: reboot.ticks };
  }
}

/** True for the answer to REBOOT. */
function isRebooting(meant: MeantLine | undefined): boolean {
  return meant?.kind === 'ok' && meant.verb === 'REBOOT';
}

/** Writes down what a line says about its boot. */
function note(boot: Boot, heard: Heard): void {
  if (heard.meant?.kind === 'boot') boot.event = heard;
  if (isResponse(heard.meant)) boot.isAwake = true;
}
