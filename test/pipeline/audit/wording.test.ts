import { expect, it } from 'vitest';
import {
  count,
  moment,
  numberIn,
  people,
  percent,
  serial,
  size,
  verb,
} from '../../../pipeline/audit/wording.ts';

it('puts numbers with their nouns and verbs', () => {
  expect([count(1, 'row'), count(1_200, 'row'), count(0, 'row')]).toEqual([
    '1 row',
    '1,200 rows',
    '0 rows',
  ]);
  expect([people(1), people(2)]).toEqual(['1 person', '2 people']);
  expect([verb(1, 'is', 'are'), verb(2, 'is', 'are')]).toEqual(['is', 'are']);
  expect([numberIn(undefined, 'found'), numberIn({ found: 3 }, 'found')]).toEqual([0, 3]);
});

it('says 0 % and 100 % of nothing and all only', () => {
  expect([percent(0, 7), percent(7, 7), percent(1, 3)]).toEqual(['0 %', '100 %', '33.3 %']);
  expect([percent(1, 1e6), percent(999_999, 1e6)]).toEqual(['0.1 %', '99.9 %']);
});

it('writes moments in UTC, and numbers that are none as they are', () => {
  expect(moment(1_655_553_600_123)).toBe('2022-06-18 12:00:00.123 UTC');
  expect([moment(9e15), moment(null), moment(-1)]).toEqual([
    '9000000000000000',
    'null',
    '1969-12-31 23:59:59.999 UTC',
  ]);
});

it('shows serial numbers, and nothing that may be an address or a name of somebody', () => {
  expect(serial('78089b5b-6444-4261-9e03-47ee0244e166')).toBe(
    '78089b5b-6444-4261-9e03-47ee0244e166',
  );
  for (const text of ['ann@x.com', 'Zoë', '', ' s', 'x'.repeat(65), '<b>']) {
    expect(serial(text)).toBe('(an unusual serial number)');
  }
});

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [3_100_000, '3.1 MB'],
  [2e18, '2000000.0 TB'],
])('puts %d bytes into the unit that fits', (bytes, text) => expect(size(bytes)).toBe(text));
