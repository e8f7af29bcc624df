/** Landing tables of which nothing landed: often a folder with a misspelt name. */
import leven from 'leven';
import { LANDING_TABLES } from '../core/catalog.ts';
import type { LandingTableName } from '../core/catalog.ts';
import { foldersOf } from '../core/landing-file.ts';
import type { LandingObject } from './landing-object.ts';

/** A landing table without objects. */
export interface MissingTable {
  readonly table: LandingTableName;
  /** A folder that is there, whose name is nearly that of the table; undefined when there is none. */
  readonly near: string | undefined;
}

/** Names that differ in more letters than this are other names. */
const DISTANCE_MAX = 3;

/** The tables without objects; `folders` are asked for only when there are any. */
export async function findMissingTables(
  objects: readonly LandingObject[],
  folders: () => Promise<readonly string[]>,
): Promise<MissingTable[]> {
  const there = new Set(objects.map(({ table }) => table));
  const missing = LANDING_TABLES.filter((table) => !there.has(table));
  if (missing.length === 0) return [];
  // It is only a hint: where folders cannot be listed, there is none.
  const names = await folders().catch(() => []);
  return missing.map((table) => ({ table, near: nearestTo(table, names) }));
}

function nearestTo(table: LandingTableName, folders: readonly string[]): string | undefined {
  const others = new Set(LANDING_TABLES.filter((other) => other !== table).flatMap(namesOf));
  const [nearest] = folders
    // The folder of the table itself may be there and be empty, which no other name explains.
    .filter((folder) => !others.has(folder) && folder !== table)
    .map((folder) => ({
      folder,
      distance: Math.min(...namesOf(table).map((name) => leven(folder.toLowerCase(), name))),
    }))
    .filter(({ distance }) => distance <= DISTANCE_MAX)
    .sort((left, right) => left.distance - right.distance);
  return nearest?.folder;
}

/** What the folder right below the landing place may be called. */
function namesOf(table: LandingTableName): string[] {
  return foldersOf(table).map((folder) => folder.slice(0, folder.indexOf('/')));
}
