/** Looks through a landing object to the end, tells which reader it needs, and unpacks it for the engine on the way. */
import { isUtf8 } from 'node:buffer';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { PlainLines } from '../core/plain-lines.ts';
import { unwritable } from '../storage/folder-failure.ts';
import type { LocalObject } from './landing-object.ts';
import { detectFormat, readObject, toGzipDamage } from './object-bytes.ts';
import type { Compression, GzipDamage } from './object-bytes.ts';

/** `plain`: the engine may read it. `mixed`: it has to be read record by record. `parquet`: the engine alone can read it. */
export type Prepared =
  | {
      readonly kind: 'plain';
      /** Where its unpacked bytes are: the object itself, or `unpackTo`. */
      readonly path: string;
      readonly spellings: Readonly<Record<string, string>>;
      readonly lines: number;
      readonly bytes: number;
    }
  | { readonly kind: 'mixed'; readonly compression: Compression; readonly damage?: GzipDamage }
  | { readonly kind: 'parquet' };

/**
 * Prepares an object. The engine's reader checks neither the end nor the checksum of a compressed file, so the engine gets
 * what was unpacked here, and only when the end was reached.
 */
export async function prepareObject(
  object: LocalObject,
  unpackTo: string,
  signal: AbortSignal | undefined,
): Promise<Prepared> {
  const format = await detectFormat(object);
  if (format === 'parquet') return { kind: 'parquet' };
  const prepared = await lookThrough(object, format, { unpackTo, signal });
  if (format === 'gzip' && prepared.kind !== 'plain') await rm(unpackTo, { force: true });
  return prepared;
}

async function lookThrough(
  object: LocalObject,
  compression: Compression,
  { unpackTo, signal }: { unpackTo: string; signal: AbortSignal | undefined },
): Promise<Prepared> {
  const lines = new PlainLines(object.table, isUtf8);
  const unpacked = compression === 'gzip' ? await create(unpackTo) : undefined;
  let bytes = 0;
  try {
    for await (const chunk of readObject(object, compression)) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      if (lines.push(chunk)) await write(unpacked, chunk, unpackTo);
      // What is packed goes on to its end: whether it is damaged decides what of it may be believed.
      else if (unpacked === undefined) break;
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'mixed', compression, damage: toGzipDamage(object, error) };
  } finally {
    await unpacked?.close();
  }
  if (!lines.end()) return { kind: 'mixed', compression };
  const path = unpacked === undefined ? object.path : unpackTo;
  return { kind: 'plain', path, spellings: lines.spellings, lines: lines.lines, bytes };
}

function create(path: string): Promise<FileHandle> {
  return open(path, 'w').catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

async function write(file: FileHandle | undefined, chunk: Buffer, path: string): Promise<void> {
  try {
    await file?.appendFile(chunk);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}
