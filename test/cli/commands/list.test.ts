import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listCommand } from '../../../cli/commands/list.ts';
import { runCommand } from './printed.ts';

const WALK = `version: 1
name: Four people walk
tags: [smoke, mqtt]
world: { start: 2022-06-18T15:00:00Z, customers: 4, consent: { research: 50% } }
run: { duration: 5m }
faults: [{ kind: duplicate, on: phones, at: 0s, rate: 5% }]
expect: { landing.lost: 0, landing.dirt: 0, privacy.leaks: 0, sometimes: [message-duplicated] }
`;
const NAP = WALK.replace('Four people walk', 'Four people take a nap').replace('smoke, ', '');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-list-'));
  await writeFile(join(folder, 'nap.yaml'), NAP);
  await writeFile(join(folder, 'walk.yaml'), WALK);
});
afterEach(() => rm(folder, { recursive: true }));

test('a list tells title, tags, times and what each asserts', async () => {
  const { stdout } = await runCommand(listCommand, 'list', join(folder, 'walk.yaml'));
  expect(stdout).toBe(
    `${join(folder, 'walk.yaml')}
  Four people walk
  smoke, mqtt · sim, 5 min in about 1 s
  asserts landing (lost, dirt), privacy (leaks)
  and that this happens: message-duplicated

1 scenario, about 1 s one after the other.
`,
  );
});

test('only those with one of the tags, as a document, too', async () => {
  const { stdout } = await runCommand(listCommand, 'list', folder, '--tag', 'smoke', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    scenarios: [{ file: join(folder, 'walk.yaml'), sometimes: ['message-duplicated'] }],
  });
  expect(JSON.parse(stdout)).toHaveProperty('scenarios.length', 1);
});

test('a tag that nobody has is an error, even beside one that somebody has', async () => {
  const listed = runCommand(listCommand, 'list', folder, '--tag', 'mqtt', '--tag', 'smoek');
  await expect(listed).rejects.toThrow(
    'No scenario has the tag "smoek"; did you mean "smoke"? There are: mqtt, smoke.',
  );
});

test('the catalogue, when nothing is named', async () => {
  const { stdout } = await runCommand(listCommand, 'list');
  const { stdout: document } = await runCommand(listCommand, 'list', '--json');
  const { scenarios } = JSON.parse(document) as { readonly scenarios: readonly unknown[] };
  expect(scenarios.length).toBeGreaterThanOrEqual(40);
  expect(stdout).toMatch(
    new RegExp(`\n${scenarios.length} scenarios, about .+ one after the other\\.\n$`),
  );
});
