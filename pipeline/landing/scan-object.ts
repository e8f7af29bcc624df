/** Reads a landing object record by record: good records go to a clean file, the rest to the quarantine. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { validateLandingRecord } from '../core/landing-record.ts';
import type { CheckedRecord } from '../core/landing-record.ts';
import type { LandingTableName } from '../core/catalog.ts';
import { RecordSplitter } from '../core/record-splitter.ts';
import type { Piece } from '../core/record-splitter.ts';
import type { LocalObject } from './landing-object.ts';
import { readObject, toGzipDamage } from './object-bytes.ts';
import type { Compression, GzipDamage } from './object-bytes.ts';
import type { Quarantine } from './quarantine.ts';

/** What a scan needs besides the object. */
export interface ScanTarget {
  readonly compression: Compression;
  /** Where the good records go, one per line, in the catalog's spelling. */
  readonly cleanPath: string;
  readonly quarantine: Quarantine;
  readonly signal: AbortSignal | undefined;
}

const DAMAGE_REASONS: Readonly<Record<GzipDamage, string>> = {
  'cut-off': 'the compressed data ends too early',
  corrupt: 'the compressed data is damaged',
};
const REPLACEMENT = '\uFFFD';

/** Scans an object and gives the number of good records. */
export async function scanObject(object: LocalObject, target: ScanTarget): Promise<number> {
  const clean = await open(target.cleanPath, 'w');
  try {
    return await scanInto(clean, object, target);
  } finally {
    await clean.close();
  }
}

async function scanInto(
  clean: FileHandle,
  object: LocalObject,
  { compression, quarantine, signal }: ScanTarget,
): Promise<number> {
  const splitter = new RecordSplitter();
  let records = 0;
  const take = async (pieces: readonly Piece[]): Promise<void> => {
    const lines: string[] = [];
    for (const piece of pieces) {
      const checked = checkPiece(object.table, piece);
      if (checked.ok) lines.push(JSON.stringify(checked.record));
      else await setAside(quarantine, object, piece, checked.reason);
    }
    records += lines.length;
    if (lines.length > 0) await clean.appendFile(`${lines.join('\n')}\n`);
  };
  try {
    for await (const chunk of readObject(object, compression)) {
      signal?.throwIfAborted();
      await take(splitter.push(chunk, false));
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = DAMAGE_REASONS[toGzipDamage(object, error)];
    const pieces = splitter.push(new Uint8Array(0), true);
    const last = pieces.at(-1);
    // The record that the end cuts through is the damage; where it cuts between two records, no bytes are.
    const isCut = last !== undefined && !checkPiece(object.table, last).ok;
    await take(isCut ? pieces.slice(0, -1) : pieces);
    const { line, offset } = splitter;
    const end = isCut ? last : { line, offset, bytes: new Uint8Array(0) };
    await setAside(quarantine, object, end, reason);
    return records;
  }
  await take(splitter.push(new Uint8Array(0), true));
  return records;
}

/** Puts a whole object into quarantine, with its first bytes. */
export async function setObjectAside(
  quarantine: Quarantine,
  object: LocalObject,
  reason: string,
): Promise<void> {
  const file = await open(object.path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4097) });
    const { table, name } = object;
    await quarantine.add({ file: name, line: 0, reason, table }, buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function setAside(
  quarantine: Quarantine,
  { name, table }: LocalObject,
  { line, offset, bytes }: Pick<Piece, 'line' | 'offset' | 'bytes'>,
  reason: string,
): Promise<void> {
  return quarantine.add({ file: name, line, offset, reason, table }, bytes);
}

function checkPiece(
  table: LandingTableName,
  piece: Piece,
): CheckedRecord | { readonly ok: false; readonly reason: string } {
  if (piece.kind === 'junk') return { ok: false, reason: piece.reason };
  const { bytes } = piece;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  // Decoding puts this character where the bytes are no UTF-8, but it may also have been there before.
  if (text.includes(REPLACEMENT) && !isUtf8(bytes)) return { ok: false, reason: 'not UTF-8' };
  try {
    return validateLandingRecord(table, JSON.parse(text));
  } catch {
    return { ok: false, reason: 'broken JSON' };
  }
}
