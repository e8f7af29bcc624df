/** Looks through a landing object to the end, tells which reader it needs, and takes the rows of plain lines on the way. */
import type { LocalObject } from './landing-object.ts';
import { detectFormat, readObject, toGzipDamage, unpackSmall } from './object-bytes.ts';
import type { Compression, GzipDamage } from './object-bytes.ts';
import type { PlainRows } from './plain-rows.ts';

/** `plain`: its rows were taken. `mixed`: it has to be read record by record. `parquet`: the engine alone can read it. */
export type Prepared =
  | {
      readonly kind: 'plain';
      readonly compression: Compression;
      readonly lines: number;
      /** Of its lines, unpacked. */
      readonly bytes: number;
    }
  | { readonly kind: 'mixed'; readonly compression: Compression; readonly damage?: GzipDamage }
  | { readonly kind: 'parquet' };

/** What is prepared, and where its rows go. */
export interface Preparation {
  readonly object: LocalObject;
  /** Its first bytes, or all of them. */
  readonly head: Buffer;
  /** What its rows carry while the table is cached. */
  readonly number: number;
  readonly rows: PlainRows;
  readonly signal: AbortSignal | undefined;
}

/**
 * Prepares an object. None of its rows are taken unless all of its lines are plain and, when it is compressed, its end and its
 * checksum were reached.
 */
export async function prepareObject(preparation: Preparation): Promise<Prepared> {
  const { object, head, number, rows, signal } = preparation;
  const compression = detectFormat(object.name, head);
  if (compression === 'parquet') return { kind: 'parquet' };
  rows.begin(number);
  try {
    const bytes = await lookThrough(preparation, compression);
    const lines = rows.keep();
    if (lines !== undefined) return { kind: 'plain', compression, lines, bytes };
    return { kind: 'mixed', compression };
  } catch (error) {
    rows.drop();
    if (signal?.aborted) throw error;
    return { kind: 'mixed', compression, damage: toGzipDamage(object, error) };
  }
}

/** Gives how many bytes were looked at. */
async function lookThrough(
  { object, head, rows, signal }: Preparation,
  compression: Compression,
): Promise<number> {
  const small = head.length === object.bytes ? unpackSmall(head, compression) : undefined;
  if (small !== undefined) {
    rows.push(small);
    return small.length;
  }
  let bytes = 0;
  for await (const chunk of readObject(object, compression)) {
    signal?.throwIfAborted();
    bytes += chunk.length;
    // What is packed goes on to its end: whether it is damaged decides what of it may be believed.
    if (!rows.push(chunk) && compression === 'none') break;
  }
  return bytes;
}
