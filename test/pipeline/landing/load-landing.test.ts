import { appendFile, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import { loadLanding } from '../../../pipeline/landing/index.ts';
import type { LandingLoad, LandingProgress } from '../../../pipeline/landing/index.ts';
import { customer, NOON, reading, sample } from '../lake.ts';
import { toLines, withTempFolder, writeFiles } from '../temp-folder.ts';

const FILES = {
  'landing/customer_landing/a.json': toLines([customer('a@x'), customer('b@x')]),
  'landing/accelerometer_landing/a.json': `${toLines([sample('a@x', NOON)])}broken\n`,
  'landing/accelerometer_landing/b.json.gz': gzipSync(toLines([sample('b@x', NOON)])),
  'landing/accelerometer_landing/copy of a.json': `${toLines([sample('a@x', NOON)])}broken\n`,
  'landing/step_trainer_landing/a.csv': 'no',
  'landing/step_trainer_landing/b.json': toLines([reading('s', NOON)]),
};

async function withLanding(
  use: (load: LandingLoad, folder: string) => Promise<void>,
  options: Partial<LandingLoad> = {},
): Promise<void> {
  await withTempFolder(async (folder) => {
    await writeFiles(folder, FILES);
    const engine = await Engine.open({ threads: 2 });
    try {
      await use(
        {
          engine,
          place: { kind: 'folder', path: join(folder, 'landing') },
          previous: undefined,
          scratch: join(folder, 'scratch'),
          quarantineFolder: join(folder, 'quarantine'),
          signal: undefined,
          onProgress: undefined,
          ...options,
        },
        folder,
      );
    } finally {
      engine.close();
    }
  });
}

describe('loadLanding', () => {
  it('fills the three tables, and its books tell where each line went', async () => {
    await withLanding(async (load, folder) => {
      const { tables, entries, state, stateFiles } = await loadLanding(load);
      const whole = { reread: 1, reused: 0, quarantined: 0, duplicates: 0 };
      expect(tables).toEqual({
        customer_landing: { ...whole, objects: 1, lines: 2, rows: 2 },
        accelerometer_landing: {
          objects: 3,
          reread: 3,
          reused: 0,
          lines: 5,
          rows: 2,
          quarantined: 1,
          duplicates: 2,
        },
        step_trainer_landing: {
          objects: 2,
          reread: 2,
          reused: 0,
          lines: 2,
          rows: 1,
          quarantined: 1,
          duplicates: 0,
        },
      });
      for (const [table, { rows }] of Object.entries(tables)) {
        expect(await load.engine.query(`SELECT * FROM ${table}`)).toHaveLength(rows);
      }
      expect(entries.map(({ file, line }) => `${file} ${line}`)).toEqual([
        'accelerometer_landing/a.json 2',
        'step_trainer_landing/a.csv 0',
      ]);
      expect({ state, stateFiles }).toEqual({ state: { version: 1 }, stateFiles: [] });
      expect(await readdir(load.scratch)).toEqual([]);
      const kept = join(folder, 'quarantine/accelerometer_landing/quarantine.ndjson');
      expect((await readFile(kept, 'utf8')).split('\n')).toHaveLength(2);
    });
  });

  it('tells how far it is, up to all bytes', async () => {
    const told: LandingProgress[] = [];
    await withLanding(
      async (load) => {
        await loadLanding(load);
        expect(told).toHaveLength(6);
        expect(told.at(-1)).toMatchObject({ objectsDone: 6, objectsTotal: 6 });
        expect(told.at(-1)?.bytesDone).toBe(told[0]?.bytesTotal);
      },
      { onProgress: (progress) => told.push(progress) },
    );
  });

  it.each([
    ['grows', (path: string) => appendFile(path, toLines([sample('c@x', NOON)]))],
    ['vanishes', (path: string) => rm(path)],
    ['is touched', (path: string) => utimes(path, 1, 1)],
  ])('fails when an object %s while it is read', async (_, change) => {
    await withLanding(async (load) => {
      const path = join(
        load.place.kind === 'folder' ? load.place.path : '',
        'accelerometer_landing/a.json',
      );
      const run = load.engine.connect.bind(load.engine);
      // Connections are made after the listing and before the first object is read.
      const engine = Object.assign(Object.create(load.engine) as Engine, {
        connect: async () => {
          await change(path).catch(() => undefined);
          return run();
        },
      });
      await expect(loadLanding({ ...load, engine })).rejects.toMatchObject({
        code: 'LANDING_CHANGED',
        message: expect.stringContaining('accelerometer_landing/a.json') as string,
      });
    });
  });

  it('stops at a signal', async () => {
    const stop = new AbortController();
    await withLanding(
      async (load) => {
        await expect(loadLanding(load)).rejects.toMatchObject({ name: 'AbortError' });
      },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
  });
});
