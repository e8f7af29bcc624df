import { describe, expect, it } from 'vitest';
import { readDuration } from '../../../../cli/commands/device/duration.ts';

describe('a duration on the command line', () => {
  it.each([
    ['30s', 30_000],
    ['250ms', 250],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('%s is %d ms', (text, expected) => {
    expect(readDuration('--duration', text)).toBe(expected);
  });

  it.each(['30', '', 's', '-1s', '0s', '5 s', '1e3s', '5d'])('%j is none', (text) => {
    expect(() => readDuration('--duration', text)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: expect.stringMatching(/^--duration takes a duration with its unit/) as string,
      }) as Error,
    );
  });
});
