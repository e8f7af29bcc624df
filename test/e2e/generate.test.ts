import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runStedi, startStedi, temporaryFolder } from './stedi.ts';

interface GenerateDocument {
  readonly customers: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly out: string;
}

describe.concurrent('stedi generate', () => {
  test.each(['ndjson.gz', 'parquet'])('makes as %s what the pipeline reads', async (format) => {
    const cwd = await temporaryFolder();
    const args = ['generate', '--customers', '40', '--out', 'land', '--format', format, '--json'];
    const generated = await runStedi(args, { cwd });
    expect(generated).toMatchObject({ code: 0, signal: null });
    const { customers, rows, out, seconds } = JSON.parse(generated.stdout) as GenerateDocument;
    expect({ customers, out }).toEqual({ customers: 40, out: 'land' });
    expect(seconds).toBeGreaterThan(0);
    const run = await runStedi(
      ['pipeline', 'run', '--landing', 'land', '--out', 'zones', '--json'],
      { cwd },
    );
    expect(run).toMatchObject({ code: 0 });
    const { tables, quarantine, attribution } = JSON.parse(run.stdout) as {
      readonly tables: Readonly<Record<string, { readonly rows: number }>>;
      readonly quarantine: { readonly lines: number };
      readonly attribution: { readonly sessions: number };
    };
    expect(quarantine.lines).toBe(0);
    expect(attribution.sessions).toBe(40);
    for (const [table, count] of Object.entries(rows)) expect(tables[table]?.rows).toBe(count);
  });

  test('counts for people, and says what to try next', async () => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await runStedi(['generate', '--customers', '3', '--out', 'land'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/customer_landing +3\n/);
    expect(stdout).toMatch(/step_trainer_landing +90\n/);
    expect(stdout).toContain('npx stedi pipeline run --landing land --out zones');
  });

  test('leaves nothing when it is stopped in the middle', async () => {
    const cwd = await temporaryFolder();
    const { process: child, ended } = startStedi(
      ['generate', '--customers', '5000000', '--out', 'land', '--threads', '1'],
      { cwd },
    );
    await expect.poll(() => existsSync(join(cwd, 'land', 'truth')), { timeout: 25_000 }).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('nothing half-written stays') as string,
    });
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([
    [['--customers', 'many', '--out', 'land'], '--customers takes a whole number'],
    [['--customers', '3', '--out', 'land', '--skew', '200'], '--skew takes a duration'],
    [['--customers', '3', '--out', 'land', '--drift', '50'], '--drift takes parts per million'],
    [['--customers', '3', '--out', 'land', '--loss', '0.1'], '--loss takes a share'],
    [['--customers', '3', '--out', 'land', '--serials', 'all'], '--serials takes'],
    [['--customers', '3', '--out', 'land', '--format', 'csv'], '"parquet"'],
    [['--customers', '3', '--out', 's3://'], '--out takes'],
    [['--customers', '3', '--out', 'land', '--s3', 'http://127.0.0.1:1'], '--s3 goes with'],
    [['--customers', '3', '--out', 'mine'], 'mine holds "notes.txt"'],
    [['--customers', '3', '--out', 'mine/notes.txt'], 'is a file'],
  ])('refuses %j', async (args, text) => {
    const cwd = await temporaryFolder();
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine', 'notes.txt'), '');
    const { code, stderr } = await runStedi(['generate', ...args], { cwd });
    expect(stderr).toContain(text);
    expect(code).toBe(2);
    expect(readdirSync(cwd)).toEqual(['mine']);
  });
});
