import {
  decodeDeviceLine,
  encodeHostCommand,
  LINE_END,
  MAX_RAW_LINE_BYTES,
} from '../../firmware-protocol/index.ts';
import type { DeviceLine, HostCommand, Level } from '../../firmware-protocol/index.ts';
import type { DeviceLink } from '../core/device-link.ts';
import { LineCutter } from '../core/line-cutter.ts';

/** Recognises the answers to an interview among those to anybody else's commands. */
const TAG = 'who';
/** Asked this often: a board may be restarting, or deaf while its boot loader runs. */
const REPEAT_MS = 300;
/** How much of something strange is shown. */
const SAMPLE_BYTES = 40;

/**
 * Who is at the far end of a link, by what it says.
 *
 * `device`: it answered `ID?`; its level is a guess from `=CAPS`. `unmanaged`: it sends framed lines (L1) or raw records
 * (L0), and answers nothing. `foreign`: bytes come, but none that belong to STL/1 at this baud rate. `silent`: none come.
 */
export type Introduction =
  | {
      readonly status: 'device';
      readonly serial: string;
      readonly model: string;
      readonly firmware: string;
      readonly boot: string;
      readonly level: Extract<Level, 'L2' | 'L3'>;
      /** It was sending readings when it was asked; it still is. */
      readonly streaming: boolean;
    }
  | { readonly status: 'unmanaged'; readonly level: Extract<Level, 'L0' | 'L1'> }
  | { readonly status: 'foreign'; readonly sample: string }
  | { readonly status: 'silent' };

/** Asks a device who it is, for at most `waitMs` of the link's time. Nothing that it does is changed by that. */
export function interview(link: DeviceLink, waitMs: number): Promise<Introduction> {
  return new Promise((resolve) => new Interview(link, waitMs, resolve));
}

class Interview {
  readonly #link: DeviceLink;
  readonly #resolve: (introduction: Introduction) => void;
  readonly #lines = new LineCutter({ bytesMax: MAX_RAW_LINE_BYTES, endsAtCr: false });
  #sample = '';
  #unmanaged: 'L0' | 'L1' | undefined;
  #streaming = false;
  #id: Extract<DeviceLine, { kind: 'id' }> | undefined;
  #ended = false;

  constructor(link: DeviceLink, waitMs: number, resolve: (introduction: Introduction) => void) {
    this.#link = link;
    this.#resolve = resolve;
    link.onData((chunk) => this.#receive(chunk));
    link.onClose(() => this.#end('L2'));
    link.timers.at(link.timers.now() + waitMs, () => this.#end('L2'));
    // Ends whatever half a line the device has of an earlier host.
    link.write(LINE_END);
    this.#ask();
  }

  #ask(): void {
    if (this.#ended) return;
    this.#send({ kind: this.#id === undefined ? 'identify' : 'capabilities' });
    this.#link.timers.at(this.#link.timers.now() + REPEAT_MS, () => this.#ask());
  }

  #send(command: HostCommand): void {
    this.#link.write(encodeHostCommand(TAG, command));
  }

  #receive(chunk: Uint8Array): void {
    if (this.#ended) return;
    const room = SAMPLE_BYTES - this.#sample.length;
    for (const byte of chunk.subarray(0, room)) this.#sample += String.fromCharCode(byte);
    for (const { bytes } of this.#lines.push(chunk, this.#link.timers.now())) {
      this.#read(bytes.replace(/\n$/, ''));
    }
  }

  #read(line: string): void {
    const decoded = decodeDeviceLine(line);
    if (decoded.kind === 'rejected') {
      if (isRecord(line)) this.#unmanaged ??= 'L0';
      return;
    }
    if (decoded.kind === 'text') return;
    this.#unmanaged = 'L1';
    this.#understand(decoded);
  }

  #understand(line: DeviceLine): void {
    if (line.kind === 'reading') this.#streaming = true;
    if (line.kind === 'id' && this.#id === undefined) {
      this.#id = line;
      this.#send({ kind: 'capabilities' });
    }
    if (line.kind === 'caps' && line.tag === TAG) {
      this.#end(line.options.includes('SYNC') ? 'L3' : 'L2');
    }
  }

  #end(level: 'L2' | 'L3'): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#resolve(this.#introduce(level));
  }

  #introduce(level: 'L2' | 'L3'): Introduction {
    if (this.#id !== undefined) {
      const { serialNumber: serial, model, firmware, boot } = this.#id;
      return { status: 'device', serial, model, firmware, boot, level, streaming: this.#streaming };
    }
    if (this.#unmanaged !== undefined) return { status: 'unmanaged', level: this.#unmanaged };
    if (this.#sample !== '') return { status: 'foreign', sample: this.#sample };
    return { status: 'silent' };
  }
}

/** Raw records are for the kit to judge; here it is enough that a line is meant to be one. */
function isRecord(line: string): boolean {
  return line.startsWith('{') && line.includes('"distanceFromObject"');
}
