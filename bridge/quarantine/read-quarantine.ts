/** The entries of a quarantine, object by object. */
import { parseQuarantineKey, QUARANTINE_PREFIX } from '../core/quarantine-key.ts';
import type { EntryPlace, QuarantineObject } from '../core/quarantine-key.ts';
import { readEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import { readObjectLines } from './object-lines.ts';
import type { ObjectFault } from './object-lines.ts';
import type { ObjectShelf } from './object-shelf.ts';
import { mayHold } from './selection.ts';
import type { Selection } from './selection.ts';

/** An object or a line of one that holds no entries. */
export interface QuarantineFault {
  readonly key: string;
  /** Of a line that is no entry; absent for the object as a whole. */
  readonly line?: number;
  readonly fault: ObjectFault | 'not-an-entry' | 'foreign-object';
}

/** The objects of a quarantine that may hold what is meant; `onFault` is told of those that no bridge has put there. */
export async function findQuarantineObjects(
  shelf: ObjectShelf,
  selection: Selection,
  onFault: (fault: QuarantineFault) => void,
): Promise<QuarantineObject[]> {
  const objects: QuarantineObject[] = [];
  for (const key of await shelf.list(QUARANTINE_PREFIX)) {
    const object = parseQuarantineKey(key);
    if (object === undefined) onFault({ key, fault: 'foreign-object' });
    else if (mayHold(selection, object)) objects.push(object);
  }
  return objects;
}

/** All entries of one object. */
export async function* readQuarantineObject(
  shelf: ObjectShelf,
  object: QuarantineObject,
  onFault: (fault: QuarantineFault) => void,
): AsyncGenerator<Entry> {
  const { key } = object;
  for await (const line of readObjectLines(shelf.read(key), key.endsWith('.gz'))) {
    if (line.kind === 'fault') {
      onFault({ key, fault: line.fault });
      return;
    }
    const entry = readEntry({ object, line: line.number }, line.text);
    if (entry === undefined) onFault({ key, line: line.number, fault: 'not-an-entry' });
    else yield entry;
  }
}

/** One entry, or `undefined` when there is none at that place. */
export async function findEntry(shelf: ObjectShelf, place: EntryPlace): Promise<Entry | undefined> {
  if ((await shelf.storedMs(place.object.key)) === undefined) return undefined;
  for await (const entry of readQuarantineObject(shelf, place.object, () => undefined)) {
    if (entry.line === place.line) return entry;
  }
  return undefined;
}
