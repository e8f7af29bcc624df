import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runStedi, temporaryFolder } from './stedi.ts';
import type { Outcome } from './stedi.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const SCENARIO = `version: 1
name: Three people walk and one consents on the way
world:
  start: 2022-06-18T15:00:00Z
  customers: 3
  consent: { research: 100%, giveDuringRun: 1 }
run: { duration: 4m }
expect:
  landing.lost: 0
  attribution.precision: { min: 1 }
`;

/** What a refused command leaves: its exit code, nothing on stdout, and one message without a trace. */
function refused(code: number, says: string) {
  return { code, says, stdout: '', traces: [], blankLines: 0, repeatedLines: 0 };
}

/** How a command was refused; `wanted` is what it should have said. */
function refusalOf({ code, stdout, stderr }: Outcome, wanted: string) {
  const lines = stderr.trimEnd().split('\n');
  return {
    code,
    says: stderr.includes(wanted) ? wanted : stderr,
    stdout,
    traces: lines.filter((line) => /^\s+at |defect|Error:/.test(line)),
    // Blank lines and repetitions would make one message two.
    blankLines: lines.filter((line) => line === '').length,
    repeatedLines: lines.length - new Set(lines).size,
  };
}

async function scenarioIn(folder: string, text = SCENARIO): Promise<string> {
  const path = join(folder, 'walk.yaml');
  await writeFile(path, text);
  return path;
}

describe.concurrent('a wrong command line ends with 2 and says what to do', () => {
  test.each([
    ['no command', [], 'Say what to do. The first thing to try: npx stedi run --all'],
    ['a command misspelt', ['rnu'], 'Did you mean run?'],
    [
      'an unknown option',
      ['run', 'phone-sends-twice', '--sed', '3'],
      'Unknown argument: sed\n"npx stedi run --help" shows what can be written there.',
    ],
    [
      'an option without its value',
      ['run', '--all', '--out'],
      'Not enough arguments following: out',
    ],
    [
      'an option twice',
      ['run', '--all', '--out', 'a', '--out', 'b'],
      'Give --out once; it was given 2 times.',
    ],
    [
      'an endpoint without a bucket',
      ['run', '--all', '--s3', 'http://127.0.0.1:1'],
      's3 -> bucket',
    ],
    [
      'nothing to run',
      ['run'],
      'Nothing to run. Name scenario files, or run the catalogue with "npx stedi run --all"',
    ],
    [
      'files and the catalogue',
      ['run', 'phone-sends-twice', '--all'],
      'Give either files or --all, not both.',
    ],
    [
      'a scenario that is not there',
      ['run', 'nope.yaml'],
      'There is no scenario file, folder or catalogue entry "nope.yaml"',
    ],
    [
      'landing data that is not there',
      ['pipeline', 'run', '--landing', 'nope', '--out', 'z'],
      'There is no landing folder nope.',
    ],
    ['a bridge without a source', ['bridge', '--bucket', 'b'], 'Nothing to listen to.'],
  ])('%s', async (_, args, message) => {
    const folder = await temporaryFolder();
    const outcome = await runStedi(args, { cwd: folder });
    expect(refusalOf(outcome, message)).toEqual(refused(2, message));
    expect(await readdir(folder)).toEqual([]);
  });

  test('a malformed scenario, with every place in it, also as a document', async () => {
    const folder = await temporaryFolder();
    const path = await scenarioIn(
      folder,
      SCENARIO.replace('4m', '4').replace('giveDuringRun', 'giveDuringRuns'),
    );
    const outcome = await runStedi(['run', path, '--out', join(folder, 'out'), '--json']);
    const message = `${path}:6:30: world.consent.giveDuringRuns: unknown key "giveDuringRuns"; did you mean "giveDuringRun"?`;
    expect(refusalOf({ ...outcome, stdout: '' }, message)).toEqual(refused(2, message));
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      error: {
        code: 'SCENARIO_INVALID',
        problems: [
          { file: path, line: 6, column: 30, path: 'world.consent.giveDuringRuns' },
          { file: path, line: 7, column: 18, path: 'run.duration' },
        ],
      },
    });
    expect(outcome.stderr).toContain(
      `${path}:7:18: run.duration: expected a duration with its unit`,
    );
    expect(await readdir(folder)).toEqual(['walk.yaml']);
  });

  test('an output of the pipeline that is a file', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'customer_landing'));
    await writeFile(join(folder, 'out'), 'mine');
    const outcome = await runStedi([
      'pipeline',
      'run',
      '--landing',
      folder,
      '--out',
      join(folder, 'out'),
    ]);
    const message = `--out takes a folder, and ${join(folder, 'out')} is a file`;
    expect(refusalOf(outcome, message)).toEqual(refused(2, message));
    expect((await stat(join(folder, 'out'))).isFile()).toBe(true);
  });
});

describe.concurrent('what the machine lacks ends with 3', () => {
  test('a file in the place of the output folder', async () => {
    const folder = await temporaryFolder();
    const [path, out] = [await scenarioIn(folder), join(folder, 'out')];
    await writeFile(out, 'mine');
    const outcome = await runStedi(['run', path, '--out', out]);
    const message = `Cannot write to ${out}.`;
    expect(refusalOf(outcome, message)).toEqual(refused(3, message));
    expect((await readdir(folder)).toSorted()).toEqual(['out', 'walk.yaml']);
  });

  test('an output folder that the kernel refuses', async () => {
    const path = await scenarioIn(await temporaryFolder());
    const outcome = await runStedi(['run', path, '--out', '/proc/stedi/out']);
    const message = 'Cannot write to /proc/stedi/out.';
    expect(refusalOf(outcome, message)).toEqual(refused(3, message));
  });
});

describe.concurrent('--json prints one document on stdout, and notes go to stderr', () => {
  test('run', async () => {
    const folder = await temporaryFolder();
    const path = await scenarioIn(folder);
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await runStedi([
      'run',
      path,
      '--out',
      out,
      '--json',
      '--seeds',
      '1..2',
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /\[2\/2\] pass {2}seed [12] · Three people walk and one consents on the way/,
    );
    const document = JSON.parse(stdout) as {
      readonly scenarios: readonly { readonly oracles: unknown }[];
    };
    expect(Object.keys(document)).toEqual(expect.arrayContaining(['verdict', 'scenarios']));
    expect(document).toMatchObject({
      verdict: 'pass',
      scenarios: [1, 2].map((seed) => ({
        name: 'Three people walk and one consents on the way',
        file: path,
        seed,
        mode: 'sim',
        pipeline: 'strict',
        verdict: 'pass',
        ledger: {
          emitted: expect.any(Number) as number,
          bins: { landed: expect.any(Number) as number, lost: 0 },
        },
        tables: { machine_learning_curated: { rows: expect.any(Number) as number } },
        repro: `npx stedi run ${path} --seed ${seed} --mode sim --pipeline strict`,
      })),
    });
    expect(document.scenarios[0]?.oracles).toMatchObject([
      {
        id: 'landing.lost',
        verdict: 'pass',
        measured: 0,
        unit: 'readings',
        limit: { max: 0 },
        chances: expect.any(Number) as number,
      },
      {
        id: 'attribution.precision',
        verdict: 'pass',
        measured: 1,
        unit: 'ratio',
        limit: { min: 1 },
        chances: expect.any(Number) as number,
      },
    ]);
    const left = (await readdir(out)).map((name) => name.replace(/^.*walk-/, 'walk-'));
    // Of seeds that pass, the folder of the first one stays unless --keep is given.
    expect(left.toSorted()).toEqual(['report.html', 'walk-strict-sim-seed1']);
  });

  test('a run that fails: exit 1, and the document says how to replay it', async () => {
    const folder = await temporaryFolder();
    // Nothing comes late, so that this oracle tests nothing.
    const path = await scenarioIn(folder, SCENARIO.replace('landing.lost: 0', 'landing.late: 0'));
    const { code, stdout } = await runStedi(['run', path, '--out', join(folder, 'out'), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'fail',
      scenarios: [{ verdict: 'fail', repro: expect.stringContaining('npx stedi run ') as string }],
    });
  });

  test('list', async () => {
    const { code, stdout, stderr } = await runStedi(['list', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { scenarios } = JSON.parse(stdout) as { readonly scenarios: readonly unknown[] };
    expect(scenarios).toContainEqual({
      file: 'phone-sends-twice',
      name: 'Phones send one message in four twice',
      about: expect.stringMatching(/\w+\.\s*$/) as string,
      tags: ['mqtt', 'duplicates', 'smoke'],
      mode: 'sim',
      pipeline: 'strict',
      people: expect.any(Number) as number,
      simulatedSeconds: expect.any(Number) as number,
      faults: ['duplicate'],
      estimatedSeconds: expect.any(Number) as number,
      asserts: expect.arrayContaining(['landing.lost', 'zones.duplicates']) as string[],
      sometimes: expect.arrayContaining(['message-duplicated']) as string[],
    });
  });
});

test('a run from a folder with a space in its name, and of a scenario with one', async () => {
  const folder = join(await temporaryFolder(), 'a path with spaces');
  await mkdir(folder);
  await writeFile(join(folder, 'my walk.yaml'), SCENARIO);
  const { code, stdout } = await runStedi(['run', 'my walk.yaml', '--json'], { cwd: folder });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    scenarios: [{ repro: "npx stedi run 'my walk.yaml' --seed 1 --mode sim --pipeline strict" }],
  });
  expect((await readdir(folder)).toSorted()).toEqual(['my walk.yaml', 'stedi-out']);
});

test('--help names every command, and every command has its own', async () => {
  const [help, run] = await Promise.all([runStedi(['--help']), runStedi(['run', '--help'])]);
  for (const name of ['run', 'list', 'pipeline', 'bridge'])
    expect(help.stdout).toMatch(new RegExp(`stedi ${name}`));
  for (const option of ['--seed', '--mode', '--pipeline', '--json'])
    expect(run.stdout).toContain(option);
  expect([help.code, run.code]).toEqual([0, 0]);
});
