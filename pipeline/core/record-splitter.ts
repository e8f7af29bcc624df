/**
 * Splits the bytes of a landing file into the JSON objects in it and the pieces that are none. Objects may stand one per
 * line, behind each other without a separator, or apart by commas, line ends of any kind and white space; they may span
 * lines, and a byte order mark or the brackets of a list around them do not matter.
 */
import { findJsonExtent } from './json-extent.ts';

/** A piece of a file. `line` counts from 1, `offset` in bytes from 0; `bytes` is a view, good until the next push. */
export type Piece = {
  readonly line: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
} & ({ readonly kind: 'object' } | { readonly kind: 'junk'; readonly reason: string });

/** The longest record in bytes. */
export const RECORD_BYTES_MAX: number = 1024 * 1024;
/** How many bytes of an unreadable piece are kept. */
export const JUNK_BYTES_MAX = 4096;

const TOO_LONG = `longer than ${RECORD_BYTES_MAX} bytes`;
const CUT_OFF = 'cut off at the end of the file';
const BROKEN = 'broken JSON';
const NEWLINE = 0x0a;
const OPEN_OBJECT = 0x7b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** Tab, newline, carriage return, space, comma and the brackets of a list. */
const SEPARATORS = new Set([0x09, NEWLINE, 0x0d, 0x20, 0x2c, 0x5b, 0x5d]);

interface Junk {
  readonly line: number;
  readonly offset: number;
  readonly reason: string;
  /** Where the part that is not kept yet begins in the buffered bytes. */
  from: number;
  kept: Uint8Array;
}

/** Splits one file, given in chunks. Holds no more than one record beyond the chunk. */
export class RecordSplitter {
  #bytes: Uint8Array = new Uint8Array(0);
  #baseOffset = 0;
  #line = 1;
  #linesCountedTo = 0;
  #junk: Junk | undefined;

  /** Takes the next bytes; `last` says that no more will come. Gives the pieces that are complete, in their order. */
  push(chunk: Uint8Array, last: boolean): Piece[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : concatenate(this.#bytes, chunk);
    const pieces: Piece[] = [];
    let at = 0;
    while (at < this.#bytes.length) {
      const next = this.#step(at, last, pieces);
      if (next === undefined) break;
      at = next;
    }
    if (last) this.#closeJunk(at, pieces);
    this.#forget(at);
    return pieces;
  }

  /** The line of the last byte that was taken. */
  get line(): number {
    return this.#line;
  }

  /** How many bytes were taken for good. */
  get offset(): number {
    return this.#baseOffset;
  }

  /** Handles what stands at `at` and gives the next position, or `undefined` when more bytes are needed. */
  #step(at: number, last: boolean, pieces: Piece[]): number | undefined {
    const byte = this.#bytes[at] as number;
    if (byte === OPEN_OBJECT) return this.#takeObject(at, last, pieces);
    if (byte === NEWLINE) this.#closeJunk(at, pieces);
    if (SEPARATORS.has(byte)) return at + 1;
    if (byte === BYTE_ORDER_MARK[0] && this.#junk === undefined) {
      if (this.#bytes.length - at < BYTE_ORDER_MARK.length && !last) return undefined;
      if (BYTE_ORDER_MARK.every((mark, index) => this.#bytes[at + index] === mark)) return at + 3;
    }
    this.#openJunk(at, 'not a JSON object');
    return at + 1;
  }

  #takeObject(at: number, last: boolean, pieces: Piece[]): number | undefined {
    const limit = Math.min(this.#bytes.length, at + RECORD_BYTES_MAX);
    const extent = findJsonExtent(this.#bytes, at, limit);
    if (extent.kind === 'whole') {
      this.#closeJunk(at, pieces);
      const bytes = this.#bytes.subarray(at, extent.end);
      pieces.push({ kind: 'object', line: this.#lineAt(at), offset: this.#baseOffset + at, bytes });
      return extent.end;
    }
    const tooLong = extent.end - at === RECORD_BYTES_MAX;
    if (extent.kind === 'open' && !last && !tooLong) return undefined;
    this.#openJunk(at, tooLong ? TOO_LONG : extent.kind === 'open' ? CUT_OFF : BROKEN);
    // What looks broken may hold the start of a good object: an object cut off, and the next one right behind it.
    const inner = this.#bytes.indexOf(OPEN_OBJECT, at + 1);
    return inner < 0 || inner >= extent.end ? Math.max(extent.end, at + 1) : inner;
  }

  #openJunk(at: number, reason: string): void {
    this.#junk ??= {
      line: this.#lineAt(at),
      offset: this.#baseOffset + at,
      reason,
      from: at,
      kept: new Uint8Array(0),
    };
  }

  #closeJunk(at: number, pieces: Piece[]): void {
    if (this.#junk === undefined) return;
    this.#keepJunk(at);
    const { line, offset, reason, kept } = this.#junk;
    pieces.push({ kind: 'junk', line, offset, reason, bytes: trimSeparators(kept) });
    this.#junk = undefined;
  }

  #keepJunk(to: number): void {
    const junk = this.#junk;
    if (junk === undefined) return;
    // One byte more than is kept tells that there was more.
    const room = JUNK_BYTES_MAX + 1 - junk.kept.length;
    if (room > 0 && to > junk.from) {
      junk.kept = concatenate(
        junk.kept,
        this.#bytes.subarray(junk.from, Math.min(to, junk.from + room)),
      );
    }
    junk.from = to;
  }

  #lineAt(at: number): number {
    while (this.#linesCountedTo < at) {
      const newline = this.#bytes.indexOf(NEWLINE, this.#linesCountedTo);
      const isInFront = newline >= 0 && newline < at;
      this.#linesCountedTo = isInFront ? newline + 1 : at;
      if (isInFront) this.#line++;
    }
    return this.#line;
  }

  /** Drops the bytes in front of `at`. */
  #forget(at: number): void {
    this.#lineAt(at);
    this.#keepJunk(at);
    if (this.#junk !== undefined) this.#junk.from = 0;
    // A copy, because the caller may use the memory of its chunk again.
    this.#bytes = new Uint8Array(this.#bytes.subarray(at));
    this.#baseOffset += at;
    this.#linesCountedTo -= at;
  }
}

function trimSeparators(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && SEPARATORS.has(bytes[end - 1] as number)) end--;
  return bytes.subarray(0, end);
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
