import { expect, it } from 'vitest';
import { customer, sample, walk } from '../lake.ts';
import { findings } from './findings.ts';

it('counts rows that landed again in all landing tables, whoever consents', async () => {
  const { accelerometer, steps } = walk({ user: 'ann@x', serial: 's1' });
  const quiet = sample('quiet@x', 5_000_000_000);
  const ann = customer('ann@x', { birthDay: '1967-01-01' });
  const without = { ...ann, shareWithResearchAsOfDate: null };
  for (const of of [ann, without]) {
    const rows = {
      customers: [of, of],
      accelerometer: [...accelerometer, ...accelerometer.slice(0, 3), quiet, quiet],
      steps: [...steps, ...steps.slice(0, 2)],
    };
    expect((await findings('strict', rows))['rows-landed-twice']).toMatchObject({
      rows: 1 + 4 + 2,
      title: '7 rows of the landing zone say the same as another and count once.',
      example: 'Most are in accelerometer_landing: 4 of 17 rows.',
      breaks: false,
    });
    expect(await findings('classic', rows)).not.toHaveProperty('rows-landed-twice');
  }
});

it('finds nothing where every row is another one', async () => {
  const rows = { customers: [customer('ann@x')], ...walk({ user: 'ann@x', serial: 's1' }) };
  expect(await findings('strict', rows)).not.toHaveProperty('rows-landed-twice');
});
