/** What a quarantine holds, in numbers: nothing of what anybody sent. */
import { parseReplayNoteKey, REPLAY_PREFIX } from '../core/quarantine-key.ts';
import type { ReadingTable } from '../core/quarantine-key.ts';
import type { Entry } from './entry.ts';
import type { ObjectShelf } from './object-shelf.ts';
import { findQuarantineObjects, readQuarantineObject } from './read-quarantine.ts';
import type { QuarantineFault } from './read-quarantine.ts';
import { readNote } from './replay-notes.ts';
import { isMeant } from './selection.ts';
import type { Selection } from './selection.ts';

/** Entries of one table, day and reason. */
export interface QuarantineGroup {
  readonly table: ReadingTable;
  readonly day: string;
  readonly reason: string;
  readonly entries: number;
  /** Of these, how many were landed again. */
  readonly replayed: number;
  /** The first ids of those that were not. */
  readonly ids: readonly string[];
}

/** All groups in the order of their days, and what is no entry. */
export interface QuarantineCounts {
  readonly groups: readonly QuarantineGroup[];
  readonly faults: readonly QuarantineFault[];
}

interface Group {
  entries: number;
  replayed: number;
  readonly ids: string[];
  readonly first: Entry;
}

/** Counts entries by table, day and reason, and names up to `idsMax` of each. @throws BridgeError of the storage */
export async function countQuarantine(
  shelf: ObjectShelf,
  options: { readonly selection: Selection; readonly idsMax: number },
): Promise<QuarantineCounts> {
  const { selection, idsMax } = options;
  const faults: QuarantineFault[] = [];
  const onFault = (fault: QuarantineFault): void => void faults.push(fault);
  const notes = await findNotes(shelf);
  const groups = new Map<string, Group>();
  for (const object of await findQuarantineObjects(shelf, selection, onFault)) {
    const replayed = await replayedLines(shelf, notes.get(nameOf(object)) ?? []);
    for await (const entry of readQuarantineObject(shelf, object, onFault)) {
      if (!isMeant(selection, entry)) continue;
      const key = `${object.day} ${object.table} ${entry.reason}`;
      const group = groups.get(key) ?? { entries: 0, replayed: 0, ids: [], first: entry };
      groups.set(key, group);
      group.entries++;
      if (replayed.has(entry.line)) group.replayed++;
      else if (group.ids.length < idsMax) group.ids.push(entry.id);
    }
  }
  const sorted = [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return { groups: sorted.map(([, group]) => describe(group)), faults };
}

function describe({ first, entries, replayed, ids }: Group): QuarantineGroup {
  const { table, day } = first.object;
  return { table, day, reason: first.reason, entries, replayed, ids };
}

async function findNotes(shelf: ObjectShelf): Promise<Map<string, string[]>> {
  const notes = new Map<string, string[]>();
  for (const key of await shelf.list(REPLAY_PREFIX)) {
    const note = parseReplayNoteKey(key);
    if (note === undefined) continue;
    const keys = notes.get(nameOf(note.object)) ?? [];
    notes.set(nameOf(note.object), keys);
    keys.push(key);
  }
  return notes;
}

async function replayedLines(shelf: ObjectShelf, keys: readonly string[]): Promise<Set<number>> {
  const lines = new Set<number>();
  for (const key of keys) for (const { line } of await readNote(shelf, key)) lines.add(line);
  return lines;
}

function nameOf({ table, day, name }: Entry['object']): string {
  return `${table}/${day}/${name}`;
}
