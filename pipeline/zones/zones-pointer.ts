/** The pointer: one small object that names all files of the run that published last. Who follows it never sees two runs. */
import { ZONE_TABLES } from '../core/catalog.ts';
import type { Policy, ZoneTableName } from '../core/catalog.ts';
import { isOwnKey } from './layout.ts';

/** A published file. */
export interface ZoneFile {
  /** Its key below the output. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a run published. */
export interface ZonesPointer {
  readonly version: 1;
  /** Counts the runs that changed something, so that no two pointers of one output are equal. */
  readonly revision: number;
  readonly policy: Policy;
  readonly tables: Readonly<Record<ZoneTableName, ZoneFile & { readonly rows: number }>>;
  readonly quarantine: readonly ZoneFile[];
  /** What is known of the landing objects: the state, and files by the names that the loader gave them. */
  readonly landing?: {
    readonly state: ZoneFile;
    readonly files: Readonly<Record<string, ZoneFile>>;
  };
}

/** All files that a pointer names. */
export function filesOf({ tables, quarantine, landing }: ZonesPointer): ZoneFile[] {
  const known = landing === undefined ? [] : [landing.state, ...Object.values(landing.files)];
  return [...ZONE_TABLES.map((table) => tables[table]), ...quarantine, ...known];
}

/** The pointer as it is stored. */
export function writePointer(pointer: ZonesPointer): Buffer {
  return Buffer.from(`${JSON.stringify(pointer, null, 2)}\n`);
}

/** Reads a stored pointer; undefined when it is none that this version writes. */
export function readPointer(bytes: Buffer): ZonesPointer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  return isPointer(value) ? value : undefined;
}

function isPointer(value: unknown): value is ZonesPointer {
  if (!isRecord(value) || value['version'] !== 1 || !isCount(value['revision'])) return false;
  if (value['policy'] !== 'strict' && value['policy'] !== 'classic') return false;
  const { tables, quarantine, landing } = value;
  const hasTables =
    isRecord(tables) &&
    ZONE_TABLES.every((table) => {
      const file = tables[table];
      return isFile(file) && isCount((file as unknown as Record<string, unknown>)['rows']);
    });
  return hasTables && Array.isArray(quarantine) && quarantine.every(isFile) && isLanding(landing);
}

function isLanding(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isRecord(value) || !isFile(value['state'])) return false;
  const { files } = value;
  return isRecord(files) && Object.values(files).every(isFile);
}

/** Keys of a pointer are read and removed: one that leads anywhere else would be dangerous. */
function isFile(value: unknown): value is ZoneFile {
  if (!isRecord(value)) return false;
  const { file, bytes, sha256 } = value;
  return (
    typeof file === 'string' &&
    isOwnKey(file) &&
    !file.split('/').includes('..') &&
    isCount(bytes) &&
    typeof sha256 === 'string'
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
