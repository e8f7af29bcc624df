import { describe, expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { planJobs } from '../../cli/run-jobs.ts';
import type { JobArguments } from '../../cli/run-jobs.ts';
import { loadCatalogue } from '../../scenarios/index.ts';

const NOTHING: JobArguments = {
  files: [],
  all: false,
  tag: undefined,
  seed: undefined,
  seeds: undefined,
  swarm: undefined,
  mode: undefined,
  speed: undefined,
  pipeline: undefined,
  broker: undefined,
  s3: undefined,
  bucket: undefined,
  'check-determinism': false,
};

function plan(choices: Partial<JobArguments>) {
  return planJobs({ ...NOTHING, ...choices });
}

describe('what is run', () => {
  test('the whole catalogue', async () => {
    const jobs = await plan({ all: true });
    expect(jobs.map(({ file }) => file)).toEqual((await loadCatalogue()).map(({ file }) => file));
  });

  test('what takes minutes only by its name or its tag', async () => {
    const byTag = await plan({ tag: ['large'] });
    expect(byTag.map(({ file }) => file)).toEqual(['demo', 'ten-thousand-people']);
    const byName = await plan({ files: ['demo', 'ten-thousand-people'] });
    expect(byName.map(({ file }) => file)).toEqual(['demo', 'ten-thousand-people']);
  });

  test('the scenarios with one of some tags, of the catalogue or of what was named', async () => {
    const tagged = (await loadCatalogue()).filter(({ scenario }) =>
      ['mqtt', 'household'].some((tag) => scenario.tags.includes(tag)),
    );
    const jobs = await plan({ tag: ['mqtt', 'household'] });
    expect(jobs.map(({ file }) => file)).toEqual(tagged.map(({ file }) => file));
    expect(jobs.length).toBeGreaterThan(1);
    const named = await plan({ files: ['phone-sends-twice', 'published-shape'], tag: ['mqtt'] });
    expect(named.map(({ file }) => file)).toEqual(['phone-sends-twice']);
  });

  test('each scenario at each seed, by the choices of the caller', async () => {
    const choices = { mode: 'live', speed: 20, pipeline: 'classic' } as const;
    const jobs = await plan({ files: ['phone-sends-twice'], seeds: '3..5', ...choices });
    expect(jobs.map(({ plan: { seed } }) => seed)).toEqual([3, 4, 5]);
    expect(jobs[0]?.plan).toMatchObject(choices);
    expect((await plan({ files: ['phone-sends-twice'], seed: 0 }))[0]?.plan.seed).toBe(0);
  });

  test('only what is simulated, when determinism is checked', async () => {
    const jobs = await plan({ tag: ['mqtt'], 'check-determinism': true });
    const files = jobs.map(({ file }) => file);
    expect(files).toContain('phone-sends-twice');
    expect(files).not.toContain('broker-restarts');
    expect(new Set(jobs.map(({ plan: { mode } }) => mode))).toEqual(new Set(['sim']));
  });

  test.each([
    ['several seeds', { seeds: '1..2' }, true],
    ['one seed', { seed: 1 }, false],
    ['several seeds that shall have the listed faults', { seeds: '1..2', swarm: false }, false],
    ['one seed of a swarm', { seed: 1, swarm: true }, true],
  ] satisfies [string, Partial<JobArguments>, boolean][])(
    'faults are drawn for %s: as asked',
    async (_, choices, isDrawn) => {
      const [job] = await plan({ files: ['phone-sends-twice'], ...choices });
      expect(job?.plan.swarm !== undefined).toBe(isDrawn);
    },
  );
});

describe('what is refused', () => {
  const named = { files: ['phone-sends-twice'] };
  const live = '--mode live';

  test.each([
    ['nothing to run', {}, 'Nothing to run.'],
    ['files and the catalogue', { ...named, all: true }, 'Give either files or --all, not both.'],
    ['a tag that nobody has', { tag: ['wibble'] }, 'No scenario has the tag "wibble". There are: '],
    ['a seed that is no number', { ...named, seed: NaN }, '--seed takes a whole number from 0.'],
    ['half a seed', { ...named, seed: 1.5 }, '--seed takes a whole number from 0.'],
    ['a seed below 0', { ...named, seed: -1 }, '--seed takes a whole number from 0.'],
    [
      'seeds backwards',
      { ...named, seeds: '9..1' },
      '--seeds takes a range of up to 10,000 seeds, such as 1..20.',
    ],
    [
      'too many seeds',
      { ...named, seeds: '1..10001' },
      '--seeds takes a range of up to 10,000 seeds, such as 1..20.',
    ],
    [
      'more runs than one call does',
      { all: true, seeds: '1..10000' },
      ',000 runs; one call does up to 100,000. Give fewer seeds, or fewer scenarios at a time.',
    ],
    ['a speed that is no number', { ...named, speed: NaN }, '--speed takes a number from 1 to 50.'],
    ['a speed below 1', { ...named, speed: 0.5 }, '--speed takes a number from 1 to 50.'],
    ['a speed above 50', { ...named, speed: 51 }, '--speed takes a number from 1 to 50.'],
    ['a speed for a simulated run', { ...named, speed: 20 }, live],
    ['a broker for a simulated run', { ...named, broker: 'mqtt://host' }, live],
    ['an endpoint for a simulated run', { ...named, s3: 'http://host', bucket: 'b' }, live],
    ['a bucket for a simulated run', { ...named, bucket: 'b' }, live],
    [
      'determinism of live runs alone',
      { files: ['broker-restarts'], 'check-determinism': true },
      '--mode sim',
    ],
  ] satisfies [string, Partial<JobArguments>, string][])('%s', async (_, choices, message) => {
    const failure = await plan(choices).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).message).toContain(message);
  });

  test('a scenario that is not there', async () => {
    await expect(plan({ files: ['nope'] })).rejects.toMatchObject({ code: 'SCENARIO_NOT_FOUND' });
  });
});

describe('the pipeline under test', () => {
  test('may be a mutant, which is held to what its kind promises', async () => {
    const [job] = await plan({ files: ['phone-sends-twice'], pipeline: 'mutant:M01' });
    expect(job).toMatchObject({ pipeline: 'mutant:M01' });
    expect(['strict', 'classic']).toContain(job?.plan.pipeline);
  });

  test('is one that exists', async () => {
    await expect(plan({ all: true, pipeline: 'mutant:M999' })).rejects.toThrow(
      'There is no pipeline mutant:M999. There are strict, classic, and mutants such as mutant:M07',
    );
  });
});
