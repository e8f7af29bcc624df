/** Looks through a landing object to the end and tells which reader it needs. */
import { isUtf8 } from 'node:buffer';
import { countPlainLines, plainShapeOf } from '../core/plain-lines.ts';
import type { PlainShape } from '../core/plain-lines.ts';
import { RECORD_BYTES_MAX } from '../core/record-splitter.ts';
import type { LandingObject } from './landing-object.ts';
import { detectCompression, readObject, toGzipDamage } from './object-bytes.ts';
import type { Compression, GzipDamage } from './object-bytes.ts';

/** `plain`: the engine may read it. `mixed`: it has to be read record by record. */
export type Inspection = { readonly compression: Compression } & (
  | { readonly kind: 'plain'; readonly shape: PlainShape; readonly lines: number }
  | { readonly kind: 'mixed'; readonly damage?: GzipDamage }
);

const NEWLINE = 0x0a;

/**
 * Inspects an object. The engine's reader checks neither the end nor the checksum of a compressed file, so those are
 * always unpacked to the end here.
 */
export async function inspectObject(
  object: LandingObject,
  signal: AbortSignal | undefined,
): Promise<Inspection> {
  const compression = await detectCompression(object);
  const lines = new PlainLineCounter(object);
  try {
    for await (const chunk of readObject(object, compression)) {
      signal?.throwIfAborted();
      lines.push(chunk);
      if (!lines.isPlain && compression === 'none') break;
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'mixed', compression, damage: toGzipDamage(object, error) };
  }
  const plain = lines.end();
  return plain === undefined
    ? { kind: 'mixed', compression }
    : { kind: 'plain', compression, ...plain };
}

class PlainLineCounter {
  readonly #object: LandingObject;
  #shape: PlainShape | undefined;
  #lines = 0;
  #rest: Buffer = Buffer.alloc(0);
  isPlain = true;

  constructor(object: LandingObject) {
    this.#object = object;
  }

  push(chunk: Buffer): void {
    if (!this.isPlain) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    this.#count(bytes.subarray(0, end));
    this.#rest = bytes.subarray(end);
    if (this.#rest.length > RECORD_BYTES_MAX) this.isPlain = false;
  }

  end(): { shape: PlainShape; lines: number } | undefined {
    this.#count(this.#rest);
    return this.isPlain && this.#shape ? { shape: this.#shape, lines: this.#lines } : undefined;
  }

  #count(wholeLines: Buffer): void {
    if (wholeLines.length === 0 || !this.isPlain) return;
    const text = wholeLines.toString('latin1');
    this.#shape ??= plainShapeOf(this.#object.table, firstLineOf(text));
    const lines =
      this.#shape && isUtf8(wholeLines) ? countPlainLines(this.#shape, text) : undefined;
    this.isPlain = lines !== undefined;
    this.#lines += lines ?? 0;
  }
}

function firstLineOf(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}
