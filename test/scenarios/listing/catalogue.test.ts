import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCatalogue, loadNamed } from '../../../scenarios/listing/catalogue.ts';
import type { NamedScenario } from '../../../scenarios/listing/catalogue.ts';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';
import type { Scenario } from '../../../scenarios/schema/index.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';
import type { World } from '../../../simulator/index.ts';

const SCENARIO = `version: 1
name: Four people walk
world: { start: 2022-06-18T15:00:00Z, customers: 4, consent: { research: 50% } }
run: { duration: 5m }
expect: { landing.lost: 0 }
`;

function worldOf(scenario: Scenario, seed: number): World {
  return drawWorld(makePlan(scenario, { seed }).world, seededStreams(seed));
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-catalogue-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the catalogue', () => {
  test('tells the stories that the product promises', async () => {
    const files = (await loadCatalogue()).map(({ file }) => file);
    expect(files).toEqual(files.toSorted());
    expect(files).toEqual(
      expect.arrayContaining([
        'broker-restarts',
        'brown-out-mid-line',
        'consent-given-late',
        'consent-withdrawn-mid-walk',
        'counters-wrap',
        'device-swapped-on-the-same-port',
        'garbled-serial-line',
        'household-shares-a-trainer',
        'phone-sends-twice',
        'published-shape',
        'thirty-serials-for-everybody',
        'worn-serial-cable',
      ]),
    );
  });

  test('leaves out what takes minutes, unless it is asked for', async () => {
    const suite = (await loadCatalogue()).map(({ file }) => file);
    const all = (await loadCatalogue({ large: true })).map(({ file }) => file);
    expect(all.filter((file) => !suite.includes(file))).toEqual(['demo', 'ten-thousand-people']);
    expect((await loadNamed('ten-thousand-people'))[0]).toMatchObject({
      scenario: { tags: ['scale', 'large'] },
    });
  });

  test('has a story, tags and names of its own for each', async () => {
    const scenarios = (await loadCatalogue({ large: true })).map(({ scenario }) => scenario);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    expect(scenarios.filter(({ about, tags }) => about === undefined || tags.length === 0)).toEqual(
      [],
    );
  });

  test('asks of everything that goes wrong whether all arrives in the end', async () => {
    const scenarios = await loadCatalogue({ large: true });
    const faulty = scenarios.filter(({ scenario: { faults } }) => faults.length > 0);
    expect(faulty.length).toBeGreaterThan(15);
    // Nothing that was sent whole, or waits on a phone, may be missing when faults are over: no scenario is excused.
    const limits = faulty.map(({ file, scenario }) => [
      file,
      scenario.expect['liveness.converged'],
    ]);
    expect(limits).toEqual(faulty.map(({ file }) => [file, { max: 0 }]));
  });

  test('gives out serial numbers as the website may: one, thirty, three hundred, and all of them', async () => {
    const worlds = (await loadCatalogue()).map(({ scenario }) => scenario.world);
    const pools = worlds.map(({ serials, customers }) => serials?.pool ?? customers);
    expect(pools).toEqual(expect.arrayContaining([1, 30, 300, 956]));
    const [{ scenario }] = (await loadNamed('three-hundred-serials-for-most')) as [NamedScenario];
    const { fulfilledSerials: given } = worldOf(scenario, 1);
    expect([given.length, new Set(given).size]).toEqual([360, 300]);
  });

  test.each([1, 2, 3])(
    'has phones whose stamps fall on what other people do an hour later, at seed %i',
    async (seed) => {
      const file = 'clocks-put-forward-an-hour';
      const [{ scenario }] = (await loadNamed(file)) as [NamedScenario];
      const { people, phoneClocks } = worldOf(scenario, seed);
      const walks = people.flatMap(({ id, sessions }) => sessions.map((walk) => ({ id, ...walk })));
      const met = walks.filter(({ id, startMs, endMs }) => {
        const jump = phoneClocks[id]?.jump;
        if (jump === undefined || startMs < jump.atMs) return false;
        const [fromMs, untilMs] = [startMs + jump.byMs, endMs + jump.byMs];
        return walks.some((other) => {
          return other.id !== id && other.startMs < untilMs && fromMs < other.endMs;
        });
      });
      expect(met.length).toBeGreaterThan(3);
    },
  );

  test('names an entry in short, and finds it by that name', async () => {
    const [named] = await loadNamed('phone-sends-twice');
    expect(named).toMatchObject({
      file: 'phone-sends-twice',
      scenario: { tags: expect.arrayContaining(['mqtt']) },
    });
  });
});

describe('what a user names', () => {
  test('is a file, under its path', async () => {
    const path = join(folder, 'mine.yaml');
    await writeFile(path, SCENARIO);
    expect(await loadNamed(path)).toMatchObject([
      { file: path, scenario: { name: 'Four people walk' } },
    ]);
  });

  test('is a folder, of which all scenario files are taken in order', async () => {
    await writeFile(join(folder, 'b.yaml'), SCENARIO);
    await writeFile(join(folder, 'a.yml'), SCENARIO);
    await writeFile(join(folder, 'notes.txt'), 'nothing to run');
    const files = (await loadNamed(folder)).map(({ file }) => file);
    expect(files).toEqual([join(folder, 'a.yml'), join(folder, 'b.yaml')]);
  });

  test.each([
    [
      'nothing by that name',
      'no-such-scenario',
      'There is no scenario file, folder or catalogue entry "no-such-scenario"',
    ],
    [
      'a path out of the catalogue',
      '../schema',
      'There is no scenario file, folder or catalogue entry "../schema"',
    ],
    ['an empty name', '', 'There is no scenario file, folder or catalogue entry ""'],
  ])('%s is not found', async (_, name, message) => {
    const failure = await loadNamed(name).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ScenarioError);
    expect(failure).toMatchObject({
      code: 'SCENARIO_NOT_FOUND',
      message: expect.stringContaining(message),
    });
  });

  test('an empty folder holds nothing to run', async () => {
    await expect(loadNamed(folder)).rejects.toMatchObject({
      code: 'SCENARIO_NOT_FOUND',
      message: `There are no scenario files (*.yaml, *.scenario.mjs) in ${folder}.`,
    });
  });

  test('is one of the scenarios that a program makes', async () => {
    const path = join(folder, 'sizes.scenario.mjs');
    const walk = `version: 1, run: { duration: '5m' }, expect: { 'landing.lost': 0 }`;
    const world = `start: '2022-06-18T15:00:00Z', consent: { research: '50%' }`;
    await writeFile(
      path,
      `export default [4, 8].map((customers) => ({ name: \`\${customers} people walk\`, ${walk}, world: { ${world}, customers } }));`,
    );
    expect((await loadNamed(path)).map(({ file }) => file)).toEqual([`${path}#1`, `${path}#2`]);
    expect(await loadNamed(`${path}#2`)).toMatchObject([
      { file: `${path}#2`, scenario: { name: '8 people walk' } },
    ]);
    await expect(loadNamed(`${path}#3`)).rejects.toMatchObject({ code: 'SCENARIO_NOT_FOUND' });
  });

  test('is told everything that is wrong in a folder at once', async () => {
    await writeFile(join(folder, 'a.yaml'), SCENARIO.replace('customers', 'custommers'));
    await writeFile(join(folder, 'b.yaml'), SCENARIO);
    await writeFile(join(folder, 'c.yaml'), 'version: [');
    const failure: unknown = await loadNamed(folder).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SCENARIO_INVALID' });
    const files = new Set((failure as ScenarioError).problems.map(({ file }) => file));
    expect([...files]).toEqual([join(folder, 'a.yaml'), join(folder, 'c.yaml')]);
  });
});
