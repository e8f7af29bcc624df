/**
 * Notes of what was landed again. A note is an object that is written once and never changed: it holds the lines to land
 * of some entries of one quarantine object. The landing object is made of the note alone, under a name made of the
 * note's: so it is the same however often it is written, and whoever writes it.
 */
import { gzipLines } from '../landing/gzip-lines.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import { parseReplayNoteKey, replayLandingKey, replayNoteKey } from '../core/quarantine-key.ts';
import type { QuarantineObject } from '../core/quarantine-key.ts';
import { BridgeError } from '../bridge-error.ts';
import { readObjectLines } from './object-lines.ts';
import type { LineLimits } from './object-lines.ts';
import type { ObjectShelf } from './object-shelf.ts';

/** An entry with what it has become. */
export interface Replayed {
  /** The line of the entry in its quarantine object. */
  readonly line: number;
  readonly rows: number;
  /** Landing lines, each with its LF. */
  readonly landing: string;
}

/** Notes are our own: as long as what is collected for one, and the one entry that was too much. */
const LIMITS: LineLimits = { unpackedBytes: 256 << 20, lineBytes: 64 << 20 };

/** Reads a note. @throws BridgeError STORAGE_CORRUPT when it is none */
export async function readNote(shelf: ObjectShelf, key: string): Promise<Replayed[]> {
  const entries: Replayed[] = [];
  for await (const line of readObjectLines(shelf.read(key), true, LIMITS)) {
    const entry = line.kind === 'line' ? parseReplayed(line.text) : undefined;
    if (entry === undefined) {
      throw new BridgeError(
        'STORAGE_CORRUPT',
        `${key} does not tell what was landed again. Restore it from a backup: without it, entries would land twice.`,
      );
    }
    entries.push(entry);
  }
  return entries;
}

/** The object of a note. */
export async function makeNote(
  object: QuarantineObject,
  number: number,
  entries: readonly Replayed[],
): Promise<LandingObject> {
  return {
    key: replayNoteKey(object, number),
    body: await gzipLines(entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`))),
    metadata: { quarantine: object.name, entries: String(entries.length) },
  };
}

/** Lands what a note holds, unless that has been done; true when it had to be. */
export async function landNote(shelf: ObjectShelf, noteKey: string): Promise<boolean> {
  const note = parseReplayNoteKey(noteKey);
  if (note === undefined) return false;
  const key = replayLandingKey(note.object, note.number);
  if ((await shelf.storedMs(key)) !== undefined) return false;
  const entries = await readNote(shelf, noteKey);
  const rows = entries.reduce((sum, entry) => sum + entry.rows, 0);
  await shelf.put({
    key,
    body: await gzipLines(entries.map(({ landing }) => Buffer.from(landing))),
    metadata: { quarantine: note.object.name, records: String(rows) },
  });
  return true;
}

function parseReplayed(text: string): Replayed | undefined {
  try {
    const { line, rows, landing } = JSON.parse(text) as Partial<Replayed>;
    if (typeof line !== 'number' || typeof rows !== 'number' || typeof landing !== 'string') {
      return undefined;
    }
    return { line, rows, landing };
  } catch {
    return undefined;
  }
}
