import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readZone, runPipeline } from '../../../pipeline/index.ts';
import type { PipelineResult } from '../../../pipeline/index.ts';
import { customer, walks } from '../lake.ts';
import { toLines } from '../temp-folder.ts';
import { withBucket } from './landing-bucket.ts';

it('a part of the cache whose bytes changed costs one run the reading, and no run its zones', async () => {
  await withBucket(async (bucket) => {
    const { accelerometer, steps } = walks({ user: 'ann@x', serial: 'box 1' });
    await bucket.put('customer_landing/c.json', toLines([customer('ann@x')]));
    await bucket.put('accelerometer_landing/a.json', toLines(accelerometer));
    await bucket.put('step_trainer_landing/s.json', toLines(steps));
    const out = join(bucket.folder, 'out');
    const notices: string[] = [];
    const run = (): Promise<PipelineResult> =>
      runPipeline({
        landing: bucket.place(),
        out: { kind: 'folder', path: out },
        policy: 'strict',
        onNotice: (notice) => notices.push(notice),
      });
    await run();
    const rows = await readZone(out, 'accelerometer_trusted');
    await zeroHalves(join(out, '_landing/accelerometer_landing'));
    await run();
    expect(notices).toEqual([expect.stringContaining('_landing/')]);
    expect(await readZone(out, 'accelerometer_trusted')).toEqual(rows);
    await run();
    expect(notices).toHaveLength(1);
  });
});

/** Overwrites the first half of each file with zeros. */
async function zeroHalves(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, name), bytes.fill(0, 0, bytes.length / 2));
  }
}
