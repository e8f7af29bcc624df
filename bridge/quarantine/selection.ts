import type { QuarantineObject, ReadingTable } from '../core/quarantine-key.ts';
import type { Entry } from './entry.ts';

/** Which entries are meant: those to which everything that is given applies. */
export interface Selection {
  readonly table?: ReadingTable | undefined;
  readonly reason?: string | undefined;
  /** Ids of entries; none for all. */
  readonly ids?: ReadonlySet<string> | undefined;
}

/** Whether an object may hold entries that are meant. */
export function mayHold({ table, ids }: Selection, object: QuarantineObject): boolean {
  if (table !== undefined && table !== object.table) return false;
  return ids === undefined || [...ids].some((id) => id.startsWith(`${idPrefix(object)}#`));
}

/** Whether the entry that an id calls may be meant, as far as the id tells. */
export function mayMean({ table, ids }: Selection, id: string): boolean {
  return (table === undefined || id.startsWith(`${table}/`)) && (ids?.has(id) ?? true);
}

/** Whether an entry is meant. */
export function isMeant({ reason, ids }: Selection, entry: Entry): boolean {
  return (reason === undefined || reason === entry.reason) && (ids?.has(entry.id) ?? true);
}

function idPrefix({ key }: QuarantineObject): string {
  return key.slice(key.indexOf('/') + 1);
}
