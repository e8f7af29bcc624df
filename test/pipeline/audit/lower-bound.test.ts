import { expect, it } from 'vitest';
import { lowerBound } from '../../../pipeline/audit/lower-bound.ts';
import { customer, NOON, reading, walk, withLake } from '../lake.ts';
import type { LandingRows } from '../lake.ts';
import { findings } from './findings.ts';

const ann = customer('ann@x', {
  serialNumber: 's1',
  shareWithResearchAsOfDate: NOON + 5 * 2_300,
});
const known: LandingRows = { customers: [ann], ...walk({ user: 'ann@x', serial: 's1' }) };
const unknown: LandingRows = {
  ...known,
  steps: [...(known.steps ?? []), reading('s1', NOON + 5_000_000)],
};

it('says "at least" where nobody knows who stepped', async () => {
  const found = await findings('classic', unknown);
  expect(found['steps-before-consent']?.title).toMatch(/^At least 5 rows in /);
  expect(found['ml-before-consent']?.title).toMatch(/^At least 5 rows in /);
  // Whose samples are is always known.
  expect(found['accelerometer-before-consent']?.title).toMatch(/^5 rows in /);
});

it('says nothing where all readings are somebody’s, and under strict', async () => {
  expect((await findings('classic', known))['steps-before-consent']?.title).toMatch(/^5 rows in /);
  expect(await withLake('strict', unknown, (engine) => lowerBound(engine, 'strict'))).toBe('');
});
