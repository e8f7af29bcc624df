import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readZone, readZonePart, readZones } from '../../../pipeline/zones/read-zone.ts';
import { readPointer } from '../../../pipeline/zones/zones-pointer.ts';
import { Workspace } from '../../../pipeline/zones/workspace.ts';
import { writeZones } from '../../../pipeline/zones/write-zones.ts';
import { customer, NOON, walk, withLake } from '../lake.ts';
import type { LandingRows } from '../lake.ts';
import { withTempFolder } from '../temp-folder.ts';
import { rowsOf } from './publication.ts';

/** Publishes the zones of some rows in a folder. */
async function publishRows(path: string, rows: LandingRows): Promise<void> {
  await withLake('strict', rows, async (engine) => {
    const workspace = await Workspace.open({ kind: 'folder', path });
    await writeZones(engine, workspace, 'strict');
    await workspace.publish({ policy: 'strict', tables: rowsOf(1) });
    await workspace.dispose();
  });
}

async function trustedFile(path: string): Promise<string> {
  const pointer = readPointer(await readFile(join(path, '_zones.json')));
  return join(path, pointer?.tables.customer_trusted.file ?? '');
}

describe('writeZones and readZone', () => {
  it('keep all rows and values, in the order of the columns', async () => {
    await withTempFolder(async (out) => {
      const rows = {
        customers: [customer('b@x', { serialNumber: null }), customer('a@x')],
        ...walk({ user: 'a@x', serial: 'box' }),
      };
      await publishRows(out, { ...rows, accelerometer: [...rows.accelerometer].reverse() });
      expect(await readZone(out, 'customer_trusted')).toEqual([
        customer('a@x'),
        customer('b@x', { serialNumber: null }),
      ]);
      expect(await readZone(out, 'accelerometer_trusted')).toEqual(rows.accelerometer);
      const steps = await readZone({ kind: 'folder', path: out }, 'step_trainer_trusted');
      expect(steps).toEqual(rows.steps.map((row) => ({ ...row, user: 'a@x' })));
      expect(steps[0]?.['sensorReadingTime']).toBe(NOON);
      expect(await readZones(out, ['step_trainer_trusted', 'accelerometer_trusted'])).toEqual({
        step_trainer_trusted: steps,
        accelerometer_trusted: rows.accelerometer,
      });
    });
  });

  it('gives a part of a table by the numbers of its rows', async () => {
    await withTempFolder(async (out) => {
      const rows = { customers: [customer('a@x')], ...walk({ user: 'a@x', serial: 'box' }) };
      await publishRows(out, rows);
      const all = await readZone(out, 'accelerometer_trusted');
      const part = await readZonePart(out, 'accelerometer_trusted', { from: 1, count: 2 });
      expect(part).toEqual(all.slice(1, 3));
      const numbers = [3, 0, all.length];
      const picked = await readZonePart(out, 'accelerometer_trusted', { numbers });
      expect(picked).toEqual([all[0], all[3]]);
      expect(await readZonePart(out, 'accelerometer_trusted', { numbers: [] })).toEqual([]);
    });
  });

  it('says which table is not there, and which is none', async () => {
    await withTempFolder(async (out) => {
      const missing = { code: 'ZONE_NOT_FOUND', message: expect.stringContaining(out) as string };
      await expect(readZone(out, 'customer_trusted')).rejects.toMatchObject(missing);
      await publishRows(out, { customers: [customer('a@x')] });
      const file = await trustedFile(out);
      await writeFile(file, 'no Parquet');
      await expect(readZone(out, 'customer_trusted')).rejects.toMatchObject({
        code: 'ENGINE_FAILED',
      });
      await rm(file);
      await expect(readZone(out, 'customer_trusted')).rejects.toMatchObject(missing);
      await writeFile(join(out, '_zones.json'), '{}');
      await expect(readZone(out, 'customer_trusted')).rejects.toMatchObject({
        code: 'OUTPUT_NOT_OURS',
      });
    });
  });
});
