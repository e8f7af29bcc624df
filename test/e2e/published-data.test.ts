/** The published data, where a copy lies beside the checkout: the counts that everybody knows, and what is wrong in them. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { runStedi, temporaryFolder } from './stedi.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const LANDING = fileURLToPath(new URL('../../../shared/published-landing', import.meta.url));
const IS_THERE = existsSync(LANDING);
const WHERE = IS_THERE ? '' : ' (skipped: there is no ../shared/published-landing)';

interface Document {
  readonly policy: string;
  readonly engine: string;
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
  readonly audit: readonly {
    readonly id: string;
    readonly rows: number;
    readonly title: string;
    readonly breaks: boolean;
  }[];
  readonly quarantine: { readonly lines: number };
}

async function runPolicy(policy: string, landing = LANDING): Promise<Document> {
  const out = join(await temporaryFolder(), 'zones');
  const options = ['--landing', landing, '--out', out, '--policy', policy, '--json'];
  const { stdout, ...rest } = await runStedi(['pipeline', 'run', ...options]);
  expect(rest).toEqual({ code: 0, signal: null, stderr: `[1/1] done  zones of ${landing}\n` });
  return JSON.parse(stdout) as Document;
}

function rowsOf({ tables }: Document): Record<string, number> {
  return Object.fromEntries(Object.entries(tables).map(([table, { rows }]) => [table, rows]));
}

/** Rows by audit id; what the audit does not mention, it did not find. */
function findingsOf({ audit }: Document): Record<string, number> {
  return Object.fromEntries(audit.map(({ id, rows }) => [id, rows]));
}

const LANDED = {
  customer_landing: 956,
  accelerometer_landing: 81_273,
  step_trainer_landing: 28_680,
};

describe.skipIf(!IS_THERE)(`the published landing data${WHERE}`, () => {
  test('by the classic policy', async () => {
    const document = await runPolicy('classic');
    expect(document).toMatchObject({
      policy: 'classic',
      engine: 'duckdb',
      quarantine: { lines: 0 },
    });
    expect(rowsOf(document)).toEqual({
      ...LANDED,
      customer_trusted: 482,
      accelerometer_trusted: 40_981,
      customer_curated: 482,
      step_trainer_trusted: 14_460,
      machine_learning_curated: 43_681,
    });
    expect(findingsOf(document)).toMatchObject({
      'ml-pairs-two-people': 2_700,
      'accelerometer-before-consent': 8_956,
    });
  });

  test('by the strict policy, which leaves the audit nothing of that', async () => {
    const document = await runPolicy('strict');
    expect(rowsOf(document)).toEqual({
      ...LANDED,
      customer_trusted: 482,
      accelerometer_trusted: 32_025,
      customer_curated: 464,
      step_trainer_trusted: 11_297,
      machine_learning_curated: 32_025,
    });
    expect(document.audit.filter(({ breaks }) => breaks)).toEqual([]);
    expect(findingsOf(document)).toEqual({ 'impossible-birthdays': 906 });
  });

  test('with one more sample of somebody who consents: the counts come from the data', async () => {
    const landing = join(await temporaryFolder(), 'landing');
    await cp(LANDING, landing, { recursive: true });
    const { email, shareWithResearchAsOfDate } = await findSharingCustomer(landing);
    const sample = { user: email, timestamp: shareWithResearchAsOfDate + 1, x: 7, y: 7, z: 7 };
    const path = join(landing, 'accelerometer', 'landing', 'one-more.json');
    await writeFile(path, JSON.stringify(sample));
    expect(rowsOf(await runPolicy('classic', landing))).toMatchObject({
      accelerometer_landing: 81_274,
      accelerometer_trusted: 40_982,
    });
  });
});

interface Customer {
  readonly email: string;
  readonly shareWithResearchAsOfDate: number;
}

async function findSharingCustomer(landing: string): Promise<Customer> {
  const folder = join(landing, 'customer', 'landing');
  const [name = ''] = await readdir(folder);
  const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
  const sharing = lines.find((line) => line.includes('"shareWithResearchAsOfDate": 1'));
  return JSON.parse(sharing ?? '{}') as Customer;
}
