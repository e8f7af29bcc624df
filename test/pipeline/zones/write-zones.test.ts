import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { Workspace } from '../../../pipeline/zones/workspace.ts';
import { writeZones } from '../../../pipeline/zones/write-zones.ts';
import { customer, walk, withLake } from '../lake.ts';
import type { LandingRows } from '../lake.ts';
import { withTempFolder } from '../temp-folder.ts';

/** The files of all zone tables. */
async function zoneFiles(rows: LandingRows, threads: number): Promise<string[]> {
  return withTempFolder((folder) =>
    withLake(
      'strict',
      rows,
      async (engine) => {
        const workspace = await Workspace.open({ kind: 'folder', path: folder });
        try {
          await writeZones(engine, workspace, 'strict');
          const paths = ZONE_TABLES.map((table) => workspace.tablePath(table));
          return await Promise.all(paths.map((path) => readFile(path, 'base64')));
        } finally {
          await workspace.dispose();
        }
      },
      { threads },
    ),
  );
}

describe('writeZones', () => {
  it('writes the same files whatever the order of the rows and the number of threads', async () => {
    const { accelerometer, steps } = walk({ user: 'a@x', serial: 'box', steps: 400 });
    const customers = ['a@x', 'b@x', 'c@x'].map((email) => customer(email));
    const once = await zoneFiles({ customers, accelerometer, steps }, 1);
    const again = await zoneFiles(
      {
        customers: customers.toReversed(),
        accelerometer: accelerometer.toReversed(),
        steps: steps.toReversed(),
      },
      4,
    );
    expect(again).toEqual(once);
    expect(new Set(once).size).toBe(ZONE_TABLES.length);
  });
});
