import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DemoRun } from '../../../dashboard/server/demo-run.ts';
import { startLiveDemo } from '../../../dashboard/server/start-live-demo.ts';

/** Processes start slowly on a busy machine. */
const PROCESS_MS = 60_000;

const SCENARIO = `version: 1
name: One person walks before somebody who looks for the first time
world: { start: 2022-06-18T15:00:00Z, customers: 1, consent: { research: 100% } }
run: { duration: 4m }
expect: { landing.lost: 0 }
`;

let folder = '';
let demo: DemoRun | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-live-demo-'));
});

afterEach(async () => {
  await demo?.close();
  await rm(folder, { recursive: true });
}, PROCESS_MS);

describe('a live demo', { timeout: PROCESS_MS }, () => {
  test('begins with the pipeline of the published projects, and shows the other one when told', async () => {
    const file = join(folder, 'one.yaml');
    await writeFile(file, SCENARIO);
    const options = { file, seed: 1, speed: 1, serialPorts: [] };
    demo = await startLiveDemo(options, new AbortController().signal);
    expect(demo.state().switches.policy).toBe('classic');
    const { story } = await demo.do({ do: 'policy', policy: 'strict' });
    expect(demo.state().switches.policy).toBe('strict');
    expect(demo.storyAfter(story - 1).map(({ text }) => text)).toEqual([
      'The page shows what the strict pipeline believes',
    ]);
  });
});
