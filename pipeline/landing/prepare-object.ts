/** Looks through a landing object to the end, tells which reader it needs, and takes the rows of plain lines on the way. */
import { isUtf8 } from 'node:buffer';
import { rm } from 'node:fs/promises';
import { PlainLines } from '../core/plain-lines.ts';
import type { LocalObject } from './landing-object.ts';
import { detectFormat, readObject, toGzipDamage } from './object-bytes.ts';
import type { Compression, GzipDamage } from './object-bytes.ts';
import { RowsFile } from './rows-file.ts';

/** `plain`: its rows are written down. `mixed`: it has to be read record by record. `parquet`: the engine alone can read it. */
export type Prepared =
  | {
      readonly kind: 'plain';
      /** The Parquet file with its rows: `rowsPath`. */
      readonly path: string;
      readonly lines: number;
      /** Of its lines, unpacked. */
      readonly bytes: number;
    }
  | { readonly kind: 'mixed'; readonly compression: Compression; readonly damage?: GzipDamage }
  | { readonly kind: 'parquet' };

/**
 * Prepares an object. Nothing of its rows is written to `rowsPath` for good unless all of its lines are plain and, when it is
 * compressed, its end and its checksum were reached.
 */
export async function prepareObject(
  object: LocalObject,
  rowsPath: string,
  signal: AbortSignal | undefined,
): Promise<Prepared> {
  const format = await detectFormat(object);
  if (format === 'parquet') return { kind: 'parquet' };
  const prepared = await lookThrough(object, format, { rowsPath, signal });
  if (prepared.kind !== 'plain') await rm(rowsPath, { force: true });
  return prepared;
}

async function lookThrough(
  object: LocalObject,
  compression: Compression,
  { rowsPath, signal }: { rowsPath: string; signal: AbortSignal | undefined },
): Promise<Prepared> {
  const lines = new PlainLines(object.table, isUtf8);
  const rows = new RowsFile(rowsPath, object.table);
  let bytes = 0;
  try {
    for await (const chunk of readObject(object, compression)) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      if (lines.push(chunk)) rows.takeWhole(lines.columns);
      // What is packed goes on to its end: whether it is damaged decides what of it may be believed.
      else if (compression === 'none') break;
    }
    if (!lines.end()) return { kind: 'mixed', compression };
    rows.end(lines.columns);
    return { kind: 'plain', path: rowsPath, lines: lines.lines, bytes };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'mixed', compression, damage: toGzipDamage(object, error) };
  } finally {
    rows.close();
  }
}
