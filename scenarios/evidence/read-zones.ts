import { readZone, ZONE_TABLES } from '../../pipeline/index.ts';
import type { Zones } from './evidence.ts';

/** Reads the five tables that a pipeline published in a folder. Throws what the reader of zones throws. */
export async function readZones(folder: string): Promise<Zones> {
  const tables = await Promise.all(
    ZONE_TABLES.map(async (table) => [table, await readZone(folder, table)] as const),
  );
  return Object.fromEntries(tables) as unknown as Zones;
}
