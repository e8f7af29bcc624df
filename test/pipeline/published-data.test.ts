/** The published data, read in place where it lies beside the checkout. */
import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readZone, runPipeline } from '../../pipeline/index.ts';
import type { ConsentRule, PipelineResult, Policy } from '../../pipeline/index.ts';
import { toLines, withTempFolder, writeFiles } from './temp-folder.ts';

const PUBLISHED = join(import.meta.dirname, '../../../shared/published-landing');

const run = (
  path: string,
  out: string,
  policy: Policy,
  consent: ConsentRule = 'from-date',
): Promise<PipelineResult> =>
  runPipeline({
    landing: { kind: 'folder', path },
    out: { kind: 'folder', path: out },
    policy,
    consent,
  });

const countsOf = ({ tables }: PipelineResult): number[] =>
  Object.values(tables).map(({ rows }) => rows);

const auditOf = ({ audit }: PipelineResult): Record<string, number> =>
  Object.fromEntries(audit.map(({ id, rows }) => [id, rows]));

/** Gives `use` the published readings in place, with another customer feed. */
async function withCustomers<T>(
  change: (customers: Record<string, unknown>[]) => Record<string, unknown>[],
  use: (landing: string, out: string) => Promise<T>,
): Promise<T> {
  return withTempFolder(async (folder) => {
    const landing = join(folder, 'landing');
    const feed = join(PUBLISHED, 'customer/landing');
    const [name = ''] = await readdir(feed);
    const lines = (await readFile(join(feed, name), 'utf8')).trimEnd().split('\n');
    const customers = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    await writeFiles(landing, { 'customer_landing/changed.json': toLines(change(customers)) });
    for (const table of ['accelerometer', 'step_trainer']) {
      await symlink(join(PUBLISHED, table), join(landing, table));
    }
    return use(landing, join(folder, 'out'));
  });
}

// Each test is two to four whole runs: a busy machine needs more than the usual half minute.
describe.runIf(existsSync(PUBLISHED))('the published data', { timeout: 120_000 }, () => {
  it('gives the published counts under classic, and the audit tells what is wrong with them', async () => {
    await withTempFolder(async (folder) => {
      const result = await run(PUBLISHED, join(folder, 'out'), 'classic');
      expect(countsOf(result)).toEqual([956, 81_273, 28_680, 482, 40_981, 482, 14_460, 43_681]);
      expect(auditOf(result)).toEqual({
        'ml-pairs-two-people': 2_700,
        'accelerometer-before-consent': 8_956,
        'steps-before-consent': 3_163,
        'ml-before-consent': 9_246,
        'personal-data-in-ml': 43_681,
        'impossible-birthdays': 906,
      });
      expect(result.quarantine).toEqual({ lines: 0, objects: 0, objectBytes: 0, entries: [] });
    });
  });

  it('gives the right counts under strict, and the audit finds nothing but years of birth', async () => {
    await withTempFolder(async (folder) => {
      const out = join(folder, 'out');
      const { cost, ...result } = await run(PUBLISHED, out, 'strict');
      expect(cost.stages.length).toBeGreaterThan(0);
      expect(Object.values(result.tables).map(({ rows }) => rows)).toEqual([
        956, 81_273, 28_680, 482, 32_025, 464, 11_297, 32_025,
      ]);
      expect(result.attribution).toEqual({
        sessions: 956,
        attributed: 956,
        ambiguous: 0,
        unattributed: 0,
      });
      expect(result.audit.map(({ id, rows }) => [id, rows])).toEqual([
        ['impossible-birthdays', 906],
      ]);
      expect(await run(PUBLISHED, out, 'strict')).toMatchObject(result);
      expect(await readZone(out, 'machine_learning_curated')).toHaveLength(32_025);
    });
  });

  it('changes its counts when a customer takes consent back', async () => {
    const withdraw = (customers: Record<string, unknown>[]): Record<string, unknown>[] => [
      ...customers,
      { ...customers[0], lastUpdateDate: 1_700_000_000_000, shareWithResearchAsOfDate: null },
    ];
    await withCustomers(withdraw, async (landing, out) => {
      const strict = await run(landing, out, 'strict');
      expect(countsOf(strict).slice(0, 5)).toEqual([957, 81_273, 28_680, 481, expect.any(Number)]);
      expect(strict.tables.accelerometer_trusted.rows).toBeLessThan(32_025);
      // Classic does not notice.
      expect(countsOf(await run(landing, out, 'classic')).slice(3)).toEqual([
        482, 40_981, 482, 14_460, 43_681,
      ]);
    });
  });

  it('keeps the count of step_trainer_trusted with thirty serial numbers, although the rows are others', async () => {
    const roundRobin = (customers: Record<string, unknown>[]): Record<string, unknown>[] =>
      customers.map((row, index) => ({
        ...row,
        serialNumber: customers[index % 30]?.['serialNumber'],
      }));
    await withCustomers(roundRobin, async (landing, out) => {
      const classic = await run(landing, out, 'classic');
      expect(classic.tables.step_trainer_trusted.rows).toBe(14_460);
      const distinct = new Set(
        (await readZone(out, 'step_trainer_trusted')).map((row) => JSON.stringify(row)),
      );
      expect(distinct.size).toBe(900);
      const found = auditOf(classic);
      expect(found['serial-shared']).toBe(956);
      expect(found['duplicate-rows']).toBeGreaterThanOrEqual(14_460 - 900);
      expect(found['consent-missing']).toBeGreaterThan(14_460 / 3);
      // The right answer does not depend on what fulfilment wrote.
      const strict = await run(landing, out, 'strict');
      expect(countsOf(strict).slice(3)).toEqual([482, 32_025, 464, 11_297, 32_025]);
      expect(auditOf(strict)).toEqual({
        'serial-shared': 956,
        'serial-wrong': 926,
        'trainer-unknown': 926,
        'impossible-birthdays': 906,
      });
      // Neither do the published counts, once consent counts as the published projects read it.
      const ever = await run(landing, out, 'strict', 'ever');
      expect(countsOf(ever).slice(3)).toEqual([482, 40_981, 482, 14_460, 40_981]);
      const curated = await readZone(out, 'customer_curated');
      const repaired = curated.filter((row) => row['serialStatus'] === 'repaired');
      expect(repaired.length).toBeGreaterThan(450);
      const trainers = new Set(curated.map((row) => row['trainerSerialNumber']));
      expect(trainers.size).toBe(482);
    });
  });
});
