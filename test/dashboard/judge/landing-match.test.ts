import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LandingMatch } from '../../../dashboard/judge/landing-match.ts';
import { makePlan, parseScenario } from '../../../scenarios/index.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';

const PLAN = makePlan(
  parseScenario(
    `version: 1
name: One person walks past what a trainer reaches
world: { start: 2022-06-18T15:00:00Z, customers: 1, consent: { research: 100% } }
run: { duration: 4m }
expect: { landing.lost: 0 }
`,
    'one.yaml',
  ),
  { seed: 1 },
);
const KEY = 'quarantine/step_trainer_landing/date=2022-06-18/refused.json';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-match-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a reading of nobody counts as a line of its object, and as no damage', async () => {
  const path = join(folder, 'refused.json');
  const reasons = [
    'distance-out-of-range',
    'bad-crc',
    'distance-out-of-range',
    'implausible-reading',
  ];
  await writeFile(path, reasons.map((reason) => `${JSON.stringify({ reason })}\n`).join(''));
  const match = new LandingMatch(drawWorld(PLAN.world, seededStreams(1)));
  await match.addObject({ key: KEY, bytes: 1, path });
  expect(match.rowsIn(KEY)).toBe(4);
  expect(match.quarantined).toBe(2);
});
