import { expect, it } from 'vitest';
import { customer, NOON, reading, walk, walks } from '../lake.ts';
import { findings } from './findings.ts';

const customers = ['ann@x', 'bob@x'].map((email) => customer(email, { birthDay: '1967-01-01' }));

it('finds sessions that several people may have walked, and those that fit to nobody', async () => {
  const both = walks({ user: 'ann@x', serial: 's1' }, { user: 'bob@x', serial: 's1' });
  const lost = walk({ user: 'dan@x', serial: 's9', start: NOON + 900_000 });
  const steps = [...both.steps.slice(0, 12), ...lost.steps];
  const found = await findings('strict', { customers, accelerometer: both.accelerometer, steps });
  expect(found).toMatchObject({
    'sessions-ambiguous': {
      rows: 1,
      example:
        'The first is of trainer s1 from 2022-06-18 12:00:00.000 UTC on; all have 12 readings.',
    },
    'sessions-unattributed': {
      rows: 1,
      title: '1 session of trainers (50.0 %) fits to nobody’s phone.',
    },
  });
});

it('finds moments that are missing inside of sessions, and not those at their ends', async () => {
  const whole = walk({ user: 'ann@x', serial: 's1', steps: 20 });
  const found = await findings('strict', {
    customers,
    accelerometer: whole.accelerometer.filter((_, index) => index !== 7),
    steps: whole.steps.filter((_, index) => ![0, 4, 5, 12, 19].includes(index)),
  });
  expect(found['session-gaps']).toMatchObject({
    rows: 4,
    title:
      '4 moments are missing inside of sessions: 3 (16.7 %) in 1 session of trainers, 1 (5.0 %) in 1 session of phones.',
    example: 'The first session with a hole began at 2022-06-18 12:00:00.000 UTC.',
  });
});

it('finds no holes in sessions without a period, or of a few readings', async () => {
  const steps = [0, 9_000, 10_000].map((ms) => reading('s1', NOON + ms));
  const found = await findings('strict', { customers, steps });
  expect(found['session-gaps']).toBeUndefined();
});
