import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import yargs from 'yargs';
import { shrinkCommand } from '../../../cli/commands/shrink.ts';

const SCENARIO = `version: 1
name: Two people walk, and one of them consents on the way
world:
  start: 2022-06-18T15:00:00Z
  customers: 2
  consent: { research: 100%, giveDuringRun: 1 }
run: { duration: 4m }
expect: { consent.date: 0 }
`;

let folder: string;
let file: string;
let out: string;
const printed: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
let onNote: (line: string) => void = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-shrink-'));
  file = join(folder, 'walk.yaml');
  out = join(folder, 'small');
  await writeFile(file, SCENARIO);
  onNote = () => undefined;
  for (const name of ['stdout', 'stderr'] as const) {
    printed[name] = '';
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += String(text);
      if (name === 'stderr') onNote(String(text));
      return true;
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function shrink(...args: string[]): Promise<void> {
  await yargs(['shrink', file, '--out', out, ...args])
    .command(shrinkCommand)
    .exitProcess(false)
    .fail((message, error: unknown) => {
      throw error ?? new TypeError(message);
    })
    .parseAsync();
}

test('one document on stdout tells what is left and what ended the search; notes are beside it', async () => {
  await shrink('--pipeline', 'classic', '--runs', '1', '--json');
  const { stdout, stderr } = printed;
  expect(JSON.parse(stdout)).toMatchObject({
    name: file,
    seed: 1,
    oracle: 'consent.date',
    runs: 1,
    end: 'runs',
    story: expect.stringContaining('The search ended after 1 run'),
    before: { people: 2 },
    after: { people: 1 },
    scenario: join(out, 'scenario.yaml'),
    repro: `npx stedi run ${join(out, 'scenario.yaml')} --seed 1 --mode sim --pipeline classic`,
  });
  expect(stderr).toContain('leaving people out · left: 2 people, no fault, 4 min of the world');
  expect(stderr).toContain('The search ended after 1 run, which is all it was given');
  expect(await readFile(join(out, 'scenario.yaml'), 'utf8')).toMatch(/less may be\s+enough/);
  expect(process.exitCode).toBeUndefined();
}, 60_000);

test('Ctrl-C ends the search, and what is smallest so far is written', async () => {
  // The first stage that begins with one person left.
  onNote = (line) => {
    if (line.startsWith('leaving trainers')) process.emit('SIGINT');
  };
  await shrink('--pipeline', 'classic');
  expect(process.exitCode).toBe(130);
  expect(printed.stdout).toMatch(
    /^From 2 people, .* to 1 person, .*, in \d runs? and [\d.]+ s\.\n/,
  );
  expect(printed.stdout).toContain(`Scenario: ${join(out, 'scenario.yaml')}`);
  expect(printed.stderr).toContain('The search was stopped after');
  const story = await readFile(join(out, 'story.txt'), 'utf8');
  expect(story).toMatch(/The search was stopped after \d+ runs?: less may be enough\.\n$/);
  expect(await readdir(join(out, 'run', 'landing'))).toContain('accelerometer_landing');
}, 60_000);

test.each([
  [['--seed', '-1'], '--seed takes a whole number from 0.'],
  [['--runs', '0'], '--runs'],
  [['--pipeline', 'mutant:M999'], 'There is no pipeline mutant:M999.'],
])('%s is refused', async (args, message) => {
  await expect(shrink(...args)).rejects.toThrow(message);
});
