import { readZones as readTables, ZONE_TABLES } from '../../pipeline/index.ts';
import type { Zones } from './evidence.ts';

/** Reads the five tables that a pipeline published in a folder. Throws what the reader of zones throws. */
export async function readZones(folder: string): Promise<Zones> {
  return readTables(folder, ZONE_TABLES);
}
