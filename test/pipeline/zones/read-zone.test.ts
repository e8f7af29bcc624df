import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readZone } from '../../../pipeline/zones/read-zone.ts';
import { Workspace } from '../../../pipeline/zones/workspace.ts';
import { writeZones } from '../../../pipeline/zones/write-zones.ts';
import { customer, NOON, walk, withLake } from '../lake.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

describe('writeZones and readZone', () => {
  it('keep all rows and values, in the order of the columns', async () => {
    await withTempFolder(async (out) => {
      const rows = {
        customers: [customer('b@x', { serialNumber: null }), customer('a@x')],
        ...walk({ user: 'a@x', serial: 'box' }),
      };
      const shuffled = { ...rows, accelerometer: [...rows.accelerometer].reverse() };
      await withLake('strict', shuffled, async (engine) => {
        const workspace = await Workspace.open(out);
        await writeZones(engine, workspace, 'strict');
        await workspace.publish();
        await workspace.dispose();
      });
      expect(await readZone(out, 'customer_trusted')).toEqual([
        customer('a@x'),
        customer('b@x', { serialNumber: null }),
      ]);
      expect(await readZone(out, 'accelerometer_trusted')).toEqual(rows.accelerometer);
      const steps = await readZone(out, 'step_trainer_trusted');
      expect(steps).toEqual(rows.steps.map((row) => ({ ...row, user: 'a@x' })));
      expect(steps[0]?.['sensorReadingTime']).toBe(NOON);
    });
  });

  it('says which table is not there, and which is none', async () => {
    await withTempFolder(async (out) => {
      const missing = { code: 'ZONE_NOT_FOUND', message: expect.stringContaining(out) as string };
      await expect(readZone(out, 'customer_trusted')).rejects.toMatchObject(missing);
      await writeFiles(out, { 'customer_trusted/customer_trusted.parquet': '' });
      await writeFile(join(out, 'customer_trusted/customer_trusted.parquet'), 'no Parquet');
      await expect(readZone(out, 'customer_trusted')).rejects.toMatchObject({
        code: 'ENGINE_FAILED',
      });
    });
  });
});
