import { parseReplayNoteKey, replayLandingKey, replayNoteFolder } from '../core/quarantine-key.ts';
import type { EntryPlace } from '../core/quarantine-key.ts';
import type { ObjectShelf } from './object-shelf.ts';
import { readNote } from './replay-notes.ts';

/** Where an entry has landed after all. */
export interface EntryReplay {
  /** The key of the object with its rows. */
  readonly object: string;
  readonly rows: number;
  /** When the storage took that object, in epoch ms; `undefined` while a replay that was broken off is to be finished. */
  readonly landedMs: number | undefined;
}

/** What a replay made of an entry; `undefined` when none took it. @throws BridgeError of the storage */
export async function findReplay(
  shelf: ObjectShelf,
  { object, line }: EntryPlace,
): Promise<EntryReplay | undefined> {
  for (const key of await shelf.list(replayNoteFolder(object))) {
    const note = parseReplayNoteKey(key);
    if (note?.object.name !== object.name) continue;
    const entry = (await readNote(shelf, key)).find((replayed) => replayed.line === line);
    if (entry === undefined) continue;
    const landed = replayLandingKey(object, note.number);
    return { object: landed, rows: entry.rows, landedMs: await shelf.storedMs(landed) };
  }
  return undefined;
}
