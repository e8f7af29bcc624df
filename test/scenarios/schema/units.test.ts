import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  duration,
  parseSeedRange,
  partsPerMillion,
  seedRange,
  share,
  signedDuration,
} from '../../../scenarios/schema/units.ts';

function message(schema: z.ZodType, written: unknown): string | undefined {
  return schema.safeParse(written).error?.issues[0]?.message;
}

describe('a duration', () => {
  test.each([
    ['0s', 0],
    ['250ms', 250],
    ['30s', 30_000],
    ['1.5s', 1_500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['0.4ms', 0],
    ['720h', 2_592_000_000],
  ])('%s is %i ms', (text, ms) => {
    expect(duration.parse(text)).toBe(ms);
  });

  test.each([
    5,
    '5',
    '5 s',
    '5min',
    '5S',
    '-5s',
    '1e3s',
    's',
    '',
    '5s5',
    '720.1h',
    `${'9'.repeat(30)}h`,
  ])('%j is none', (written) => {
    expect(message(duration, written)).toBe(
      `expected a duration with its unit, such as 250ms, 30s, 5m or 2h, up to 720h; found ${JSON.stringify(written)}`,
    );
  });

  test.each([[true], [null], [[]], [{}]])('%j is not even a text', (written) => {
    expect(message(duration, written)).toMatch(/^expected a duration with its unit/);
  });
});

describe('a share', () => {
  test.each([
    ['0%', 0],
    ['2%', 0.02],
    ['12.5%', 0.125],
    ['100%', 1],
  ])('%s is %d', (text, expected) => {
    expect(share.parse(text)).toBe(expected);
  });

  test.each([0.5, 1, '0.5', '50', '50 %', '-1%', '100.1%', '%'])('%j is none', (written) => {
    expect(message(share, written)).toBe(
      `expected a share from 0% to 100%, such as 2%; found ${JSON.stringify(written)}`,
    );
  });
});

describe('a drift', () => {
  test.each([
    ['20ppm', 20],
    ['0.5ppm', 0.5],
    ['10000ppm', 10_000],
  ])('%s is %d', (text, expected) => {
    expect(partsPerMillion.parse(text)).toBe(expected);
  });

  test.each([20, '20', '20 ppm', '2%', '-20ppm', '10001ppm'])('%j is none', (written) => {
    expect(message(partsPerMillion, written)).toMatch(
      /^expected a drift in parts per million, such as 20ppm, up to 10000ppm; found /,
    );
  });
});

describe('a range of seeds', () => {
  test.each([
    ['1..50', { first: 1, last: 50 }],
    ['0..0', { first: 0, last: 0 }],
  ])('%s has both ends', (text, range) => {
    expect(parseSeedRange(text)).toEqual(range);
    expect(seedRange.parse(text)).toEqual(range);
  });

  test.each(['50..1', '1-50', '1...50', '1..', '..5', '-1..5', '1.5..2', ''])(
    '%j is none',
    (text) => {
      expect(parseSeedRange(text)).toBeUndefined();
      expect(message(seedRange, text)).toBe('expected a range of seeds, such as 1..50');
    },
  );

  test.each([5, null, [1, 50]])('%j is not even a text', (written) => {
    expect(message(seedRange, written)).toBe('expected a range of seeds, such as 1..50');
  });
});

describe('a duration that may be negative', () => {
  test.each([
    ['1h', 3_600_000],
    ['-1s', -1_000],
    ['-720h', -2_592_000_000],
    ['0s', 0],
  ])('%s is %i ms', (text, ms) => {
    expect(signedDuration.parse(text)).toBe(ms);
  });

  test.each([1, '1', '- 1s', '+1s', '--1s', '-720.1h', '720.1h'])('is not %s', (written) => {
    expect(message(signedDuration, written)).toMatch(/^expected a duration with its unit/);
  });
});
