import { expect, it } from 'vitest';
import { customer, NOON, reading, sample } from '../lake.ts';
import { findings } from './findings.ts';

it('finds times, accelerations, distances and dates that cannot be', async () => {
  const found = await findings('strict', {
    customers: [
      customer('a@x', { birthDay: '0967-01-01' }),
      customer('b@x', { birthDay: '67-01-01' }),
      customer('c@x', { birthDay: '1967-01-01', lastUpdateDate: NOON - 3_600_500 }),
      customer('d@x', { birthDay: null }),
    ],
    accelerometer: [
      sample('a@x', 1_655_553_600),
      sample('a@x', NOON, -300),
      sample('a@x', NOON, 200),
    ],
    steps: [reading('s', 253_402_300_799_999), reading('s', NOON, -1), reading('s', NOON, 10_001)],
  });
  expect(found).toMatchObject({
    'impossible-times': {
      rows: 2,
      example: 'The times reach from 1970-01-20 03:52:33.600 UTC to 9999-12-31 23:59:59.999 UTC.',
    },
    'impossible-accelerations': { rows: 1, example: 'The greatest is 300, whatever the unit.' },
    'impossible-distances': { rows: 2, example: 'The distances reach from -1 to 10001.' },
    'impossible-updates': {
      rows: 1,
      example: 'One was written 500 ms before the customer registered.',
    },
    'impossible-birthdays': { rows: 2 },
  });
});

it('finds texts that are no date of birth, and not those that are one', async () => {
  const born = async (...days: string[]): Promise<number | undefined> => {
    const customers = days.map((birthDay, at) => customer(`${at}@x`, { birthDay }));
    return (await findings('strict', { customers }))['impossible-birthdays']?.rows;
  };
  const wrong = [
    '2031-99-99',
    'abcd-ef-gh',
    '1967-00-10',
    '1967-10-00',
    '1967-13-01',
    '1967-1a-01',
    '1967-0a-01',
    '1967-01-1a',
    '19a7-01-01',
    '1967/01/01',
  ];
  expect(await born(...wrong)).toBe(wrong.length);
  expect(await born('1900-01-01', '1967-12-31', '2009-10-30')).toBeUndefined();
});
