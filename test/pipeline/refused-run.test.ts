import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { Engine } from '../../pipeline/engine/duckdb.ts';
import { runPipeline } from '../../pipeline/index.ts';
import type { PipelineResult } from '../../pipeline/index.ts';
import { customer, sample, NOON, walks } from './lake.ts';
import { toLines, withTempFolder, writeFiles } from './temp-folder.ts';

const ROWS = walks({ user: 'ann@x', serial: 'box 1' });
const FILES = {
  'customer_landing/c.json': toLines([customer('ann@x', { serialNumber: 'box 1' })]),
  'accelerometer_landing/a.json': toLines(ROWS.accelerometer),
  'step_trainer_landing/s.json': toLines(ROWS.steps),
};

/** Every file below a folder, as it is. */
async function bytesBelow(folder: string): Promise<Record<string, string>> {
  const below = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = below.filter((entry) => entry.isFile());
  const each = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), (await readFile(path)).toString('base64')] as const;
  });
  return Object.fromEntries(await Promise.all(each));
}

/** No landing data leads to zones that the audit refuses: a row is doubled in a zone behind the back of the models. */
function doubleRows(zone: string): void {
  const original = Object.getOwnPropertyDescriptor(Engine.prototype, 'query')
    ?.value as Engine['query'];
  vi.spyOn(Engine.prototype, 'query').mockImplementation(async function (this: Engine, sql) {
    const answer = await original.call(this, sql);
    if (sql.startsWith(`CREATE TABLE ${zone} AS`)) {
      await this.run(`INSERT INTO ${zone} SELECT * FROM ${zone} LIMIT 1`);
    }
    return answer;
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('a run that the audit refuses leaves the old zones byte by byte, and no file of its own', async () => {
  await withTempFolder(async (folder) => {
    const landing = join(folder, 'landing');
    const out = join(folder, 'out');
    const run = (): Promise<PipelineResult> =>
      runPipeline({
        landing: { kind: 'folder', path: landing },
        out: { kind: 'folder', path: out },
        policy: 'strict',
      });
    await writeFiles(landing, FILES);
    await run();
    const before = await bytesBelow(out);
    // With other rows and something for the quarantine, whatever was published would be another file.
    await writeFiles(landing, {
      'accelerometer_landing/b.json': toLines([sample('ann@x', NOON + 60_000)]),
      'step_trainer_landing/t.json': 'not a reading\n',
    });
    doubleRows('accelerometer_trusted');
    await expect(run()).rejects.toMatchObject({
      code: 'AUDIT_FAILED',
      result: { quarantine: { lines: 1 } },
    });
    expect(await bytesBelow(out)).toEqual(before);
    vi.restoreAllMocks();
    await run();
    expect(Object.keys(await bytesBelow(out))).not.toEqual(Object.keys(before));
  });
});
