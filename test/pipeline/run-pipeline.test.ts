import { existsSync } from 'node:fs';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZone, runPipeline, ZONE_TABLES } from '../../pipeline/index.ts';
import type {
  PipelineOptions,
  PipelineProgress,
  PipelineResult,
  ZoneRow,
} from '../../pipeline/index.ts';
import { customer, NOON, walks } from './lake.ts';
import { toLines, withTempFolder, writeFiles } from './temp-folder.ts';

const ROWS = walks(
  { user: 'ann@x', serial: 'box 1' },
  { user: 'bob@x', serial: 'box 2', start: NOON + 777, periodMs: 2_900 },
);
const CUSTOMERS = [
  customer('ann@x', { serialNumber: 'box 1', birthDay: '1967-01-01' }),
  customer('bob@x', { serialNumber: 'box 2', birthDay: null, shareWithResearchAsOfDate: 0 }),
];
const FILES = {
  'customer_landing/2022/06/18/c.json': toLines(CUSTOMERS),
  'accelerometer/landing/a.json.gz': gzipSync(toLines(ROWS.accelerometer)),
  'step_trainer_landing/s.ndjson': toLines(ROWS.steps),
};

async function withLanding<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (
    run: (changes?: Partial<PipelineOptions>) => Promise<PipelineResult>,
    out: string,
  ) => Promise<T>,
): Promise<T> {
  return withTempFolder(async (folder) => {
    const path = join(folder, 'landing');
    const out = join(folder, 'out');
    await writeFiles(path, files);
    return use(
      (changes) =>
        runPipeline({
          landing: { kind: 'folder', path },
          out: { kind: 'folder', path: out },
          policy: 'strict',
          ...changes,
        }),
      out,
    );
  });
}

const allRows = async (out: string): Promise<Record<string, ZoneRow[]>> => {
  const tables = ZONE_TABLES.map(async (table) => [table, await readZone(out, table)] as const);
  return Object.fromEntries(await Promise.all(tables));
};

const fileOf = async (table: string, out: string): Promise<string> =>
  join(table, (await readdir(join(out, table)))[0] ?? '');

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

const countsOf = ({ tables }: PipelineResult): Record<string, number> =>
  Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows]));

describe('runPipeline', () => {
  it('makes the zones of any landing folder and tells what is in them', async () => {
    await withLanding(FILES, async (run, out) => {
      const { accounting, cost, ...result } = await run();
      expect(Object.keys(accounting)).toEqual(Object.keys(result.tables));
      expect(cost.stages.map(({ stage }) => stage)).toContain('customer_trusted');
      expect(cost.peakMemoryBytes).toBeGreaterThan(0);
      expect(result).toEqual({
        policy: 'strict',
        engine: 'duckdb',
        tables: {
          customer_landing: { rows: 2 },
          accelerometer_landing: { rows: 24 },
          step_trainer_landing: { rows: 24 },
          customer_trusted: { rows: 1 },
          accelerometer_trusted: { rows: 12 },
          customer_curated: { rows: 1 },
          step_trainer_trusted: { rows: 12 },
          machine_learning_curated: { rows: 12 },
        },
        attribution: { sessions: 2, attributed: 2, ambiguous: 0, unattributed: 0 },
        audit: [],
        quarantine: { lines: 0, objects: 0, objectBytes: 0, entries: [] },
      });
      const zones = await allRows(out);
      expect(zones['customer_curated']).toEqual([
        {
          ...CUSTOMERS[0],
          trainerSerialNumber: 'box 1',
          serialStatus: 'confirmed',
          serialPosterior: expect.any(Number),
        },
      ]);
      expect(zones['accelerometer_trusted']).toEqual(ROWS.accelerometer.slice(0, 12));
      expect((await readdir(out)).toSorted()).toEqual(['_zones.json', ...ZONE_TABLES].toSorted());
    });
  });

  it('counts what is in the data: one changed row changes the counts', async () => {
    const changed = {
      ...FILES,
      'customer_landing/2022/06/18/d.json': toLines([customer('bob@x', { lastUpdateDate: NOON })]),
    };
    await withLanding(changed, async (run) => {
      expect(countsOf(await run())).toMatchObject({
        customer_landing: 3,
        customer_trusted: 2,
        accelerometer_trusted: 24,
        machine_learning_curated: 24,
      });
    });
  });

  it('gives the same result and the same rows each time, on any number of threads', async () => {
    await withLanding(FILES, async (run, out) => {
      const runOn = async (threads?: number): Promise<unknown> => {
        const { cost, ...result } = await run({ threads });
        expect(cost.seconds).toBeGreaterThan(0);
        return [result, await allRows(out)];
      };
      const first = await runOn(1);
      expect(await runOn(4)).toEqual(first);
      expect(await runOn()).toEqual(first);
    });
  });

  it('replaces the zones of another policy', async () => {
    await withLanding(FILES, async (run, out) => {
      await run({ policy: 'classic' });
      expect(Object.keys((await readZone(out, 'machine_learning_curated'))[0] ?? {})).toContain(
        'user',
      );
      await run();
      expect(Object.keys((await readZone(out, 'machine_learning_curated'))[0] ?? {})).not.toContain(
        'user',
      );
    });
  });

  it('takes a table that is not there for an empty one', async () => {
    await withLanding({ 'customer_landing/c.json': toLines(CUSTOMERS) }, async (run, out) => {
      expect(countsOf(await run())).toMatchObject({
        customer_trusted: 1,
        customer_curated: 0,
        step_trainer_landing: 0,
      });
      expect(await readZone(out, 'machine_learning_curated')).toEqual([]);
    });
  });

  it('tells of a table whose folder has another name', async () => {
    const files = {
      'customer_landing/c.json': FILES['customer_landing/2022/06/18/c.json'],
      'accelerometer_landin/a.json.gz': FILES['accelerometer/landing/a.json.gz'],
      'step_trainer_landing/s.ndjson': FILES['step_trainer_landing/s.ndjson'],
    };
    await withLanding(files, async (run) => {
      const { audit } = await run();
      expect(audit.find(({ id }) => id === 'landing-table-missing')).toMatchObject({
        rows: 1,
        example: expect.stringContaining('did you mean accelerometer_landin/') as string,
      });
    });
  });

  it('quarantines what it cannot read and publishes that too', async () => {
    const files = {
      ...FILES,
      'step_trainer_landing/t.ndjson': 'not a reading\n',
      'customer_landing/e.csv': 'a,b\n',
    };
    await withLanding(files, async (run, out) => {
      const { quarantine } = await run();
      expect(quarantine.lines).toBe(2);
      expect(quarantine.entries.map(({ table, file, line }) => `${table} ${file} ${line}`)).toEqual(
        [
          'customer_landing customer_landing/e.csv 0',
          'step_trainer_landing step_trainer_landing/t.ndjson 1',
        ],
      );
      const folder = join(out, 'quarantine/step_trainer_landing');
      const names = await readdir(folder);
      expect(names).toEqual([expect.stringMatching(/^quarantine-[0-9a-f]{12}\.ndjson$/)]);
      const kept = await readFile(join(folder, names[0] ?? ''), 'utf8');
      expect(JSON.parse(kept)).toMatchObject({ original: 'not a reading', offset: 0 });
    });
  });

  it('reports its steps in order and ends when all are done', async () => {
    await withLanding(FILES, async (run) => {
      const seen: PipelineProgress[] = [];
      await run({ onProgress: (progress) => seen.push(progress) });
      const steps = seen.map(({ step }) => step);
      expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual([...new Set(steps)]);
      for (const [index, { share, done }] of seen.entries()) {
        expect(share).toBeGreaterThanOrEqual(seen[index - 1]?.share ?? 0);
        expect(done).toBeGreaterThanOrEqual(seen[index - 1]?.done ?? 0);
      }
      expect(seen.at(-1)).toMatchObject({ step: 'done', share: 1 });
      expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
    });
  });

  it('works in little memory', async () => {
    await withLanding(FILES, async (run) => {
      expect(countsOf(await run({ memoryBytes: 600_000_000, threads: 1 }))).toMatchObject({
        machine_learning_curated: 12,
      });
    });
  });
});

describe('a run that fails', () => {
  it('leaves an earlier result as it was and nothing half-written', async () => {
    await withLanding(FILES, async (run, out) => {
      await run();
      const before = await allRows(out);
      const landing = { kind: 'folder', path: join(out, 'nowhere') } as const;
      await expect(run({ landing, policy: 'classic' })).rejects.toMatchObject({
        code: 'LANDING_NOT_FOUND',
      });
      await expect(run({ memoryBytes: 10_000, policy: 'classic' })).rejects.toMatchObject({
        code: 'OUT_OF_MEMORY',
      });
      expect(await allRows(out)).toEqual(before);
      expect((await readdir(out)).toSorted()).toEqual(['_zones.json', ...ZONE_TABLES].toSorted());
    });
  });

  it.each(['load landing tables', 'coincidence', 'audit', 'publish'])(
    'because it was stopped at "%s" publishes nothing',
    async (at) => {
      await withLanding(FILES, async (run, out) => {
        const stop = new AbortController();
        const stopped = run({
          signal: stop.signal,
          onProgress: ({ step }) => {
            if (step === at) stop.abort();
          },
        });
        await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
        expect(existsSync(out)).toBe(false);
      });
    },
  );

  it('because the disk has no room for the landing zone is told before anything is read', async () => {
    await withLanding(FILES, async (run, out) => {
      await run();
      const before = await allRows(out);
      const landing = join(out, '../landing/step_trainer_landing/big.ndjson');
      await writeFile(landing, '');
      await truncate(landing, 2 ** 43);
      await expect(run()).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(await allRows(out)).toEqual(before);
    });
  });

  it('because a Parquet object is cut off names it and leaves the zones byte by byte', async () => {
    await withLanding(FILES, async (run, out) => {
      await run();
      const before = await bytesBelow(out);
      const whole = await readFile(join(out, await fileOf('accelerometer_trusted', out)));
      const cut = whole.subarray(0, Math.floor(whole.length * 0.7));
      const name = 'accelerometer_landing/cut.parquet';
      await writeFiles(join(out, '../landing'), { [name]: cut });
      for (const policy of ['strict', 'classic'] as const) {
        await expect(run({ policy })).rejects.toMatchObject({
          name: 'PipelineError',
          code: 'LANDING_UNREADABLE',
          message: expect.stringMatching(`^The landing object ${name} .*Upload it again`) as string,
        });
        expect(await bytesBelow(out)).toEqual(before);
      }
      await writeFiles(join(out, '../landing'), { [name]: whole });
      expect(countsOf(await run())).toMatchObject({ accelerometer_landing: 36 });
    });
  });

  it('because it was stopped before it began publishes nothing', async () => {
    await withLanding(FILES, async (run, out) => {
      await expect(run({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
      expect(existsSync(out)).toBe(false);
    });
  });

  it('because the output is not its own changes nothing there', async () => {
    await withLanding(FILES, async (run, out) => {
      await writeFiles(out, { 'customer_trusted/notes.txt': 'mine' });
      await expect(run()).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
      expect(await readdir(out)).toEqual(['customer_trusted']);
    });
  });
});
