/** A whole run of a variant of the pipeline: zones are made and published, but neither accounted for nor audited. */
import { join } from 'node:path';
import { LANDING_TABLES, ZONE_TABLES } from '../core/catalog.ts';
import type { TableRows } from '../run/describe-run.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Place } from '../storage/place.ts';
import { findPointer } from '../zones/published-output.ts';
import { Workspace } from '../zones/workspace.ts';
import type { ZonesPointer } from '../zones/zones-pointer.ts';
import type { Variant } from './variant-lab.ts';
import { VariantLab } from './variant-lab.ts';

/** What a run of a variant is given. */
export interface VariantRun {
  /** Folder of the landing zone. */
  readonly landing: string;
  /** Folder that the zones are published in. */
  readonly out: string;
  readonly variant: Variant;
  /** Whether the rows that were published before stay, as they do where somebody appends to a table. */
  readonly appends?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes and publishes the zones of a variant, and gives the rows of all tables.
 *
 * @throws PipelineError as a run of the shipped models does, and errors of the variant's edit
 */
export async function runVariant(run: VariantRun): Promise<TableRows> {
  const { landing, out, variant, appends = false, signal } = run;
  const place: Place = { kind: 'folder', path: out };
  const workspace = await Workspace.open(place);
  try {
    const before = appends ? await publishedIn(place) : undefined;
    const lab = await VariantLab.open({
      landing: { kind: 'folder', path: landing },
      scratch: workspace.scratch('engine'),
      quarantineFolder: workspace.quarantineFolder,
      signal,
    });
    try {
      await lab.make(variant);
      for (const table of ZONE_TABLES) {
        const file = before?.tables[table].file;
        const behind = file === undefined ? undefined : join(out, file);
        await lab.writeZone(table, workspace.tablePath(table), behind);
      }
      const tables = await countTables(lab, before);
      await workspace.publish({ policy: variant.policy, tables }, signal);
      return tables;
    } finally {
      lab.close();
    }
  } finally {
    await workspace.dispose();
  }
}

async function publishedIn(place: Place): Promise<ZonesPointer | undefined> {
  const storage = openStorage(place);
  try {
    return (await findPointer(place, storage)).pointer;
  } finally {
    storage.close();
  }
}

async function countTables(lab: VariantLab, before: ZonesPointer | undefined): Promise<TableRows> {
  const counts: [string, { rows: number }][] = [];
  for (const table of LANDING_TABLES) counts.push([table, { rows: await lab.countRows(table) }]);
  for (const table of ZONE_TABLES) {
    const rows = (await lab.countRows(table)) + (before?.tables[table].rows ?? 0);
    counts.push([table, { rows }]);
  }
  return Object.fromEntries(counts) as unknown as TableRows;
}
