/**
 * Where a run puts what it publishes. Keys are relative to the output, with `/`:
 *
 * - `_zones.json`: the pointer, which names the files of the last run that published
 * - `<table>/<table>-<hash>.parquet`: a zone table
 * - `quarantine/<landing table>/quarantine-<hash>.ndjson`: what could not be read
 * - `_landing/…-<hash>.…`: what is known of the landing objects
 *
 * The hash is the beginning of the SHA-256 of the file, so that a file never changes under its name.
 */
import { LANDING_TABLES, ZONE_TABLES } from '../core/catalog.ts';
import type { TableName } from '../core/catalog.ts';
import { isAside } from '../storage/folder-storage.ts';

/** The key of the pointer. */
export const POINTER_KEY = '_zones.json';
/** The folder of the quarantine, without `/`. */
export const QUARANTINE = 'quarantine';
/** The folder of what is known of the landing objects, without `/`. */
export const LANDING_STATE = '_landing';

const HASH_DIGITS = 12;
const HASHED = /-[0-9a-f]{12}(?:\.[a-z0-9]+)*$/;

/** The folders that a run owns in its output, with `/` at the end. */
export const OWN_FOLDERS: readonly string[] = [...ZONE_TABLES, QUARANTINE, LANDING_STATE].map(
  (name) => `${name}/`,
);

/** The key of a zone table before it has a hash. */
export function tableKey(table: TableName): string {
  return `${table}/${table}.parquet`;
}

/** A key with the hash of the file in it: `a/b.c` becomes `a/b-<hash>.c`. */
export function hashedKey(key: string, sha256: string): string {
  const slash = key.lastIndexOf('/') + 1;
  const dot = key.indexOf('.', slash);
  const end = dot < 0 ? key.length : dot;
  return `${key.slice(0, end)}-${sha256.slice(0, HASH_DIGITS)}${key.slice(end)}`;
}

/** Whether a file below {@link OWN_FOLDERS} is one that a run wrote, of this layout or of the one without hashes before it. */
export function isOwnKey(key: string): boolean {
  // Consoles of buckets make objects that stand for folders.
  if (key.endsWith('/') || isAside(key)) return true;
  const bare = key.replace(HASHED, (end) => end.slice(HASH_DIGITS + 1));
  const [folder = ''] = key.split('/');
  if (folder === LANDING_STATE) return bare !== key;
  return OWN_KEYS.has(bare);
}

/** Whether a file that a run wrote is of this layout, or what one that was killed left half-written. */
export function isOfThisLayout(key: string): boolean {
  return isAside(key) || HASHED.test(key);
}

const OWN_KEYS: ReadonlySet<string> = new Set([
  ...ZONE_TABLES.map(tableKey),
  ...LANDING_TABLES.map((table) => `${QUARANTINE}/${table}/quarantine.ndjson`),
]);
