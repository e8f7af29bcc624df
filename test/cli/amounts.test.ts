import { expect, test } from 'vitest';
import { readDuration, readPpm, readShare, readWhole } from '../../cli/amounts.ts';
import { UsageError } from '../../cli/exit-codes.ts';

const whole = readWhole('--customers', 1, 1_000_000);
const duration = readDuration('--skew', 60_000);
const ppm = readPpm('--drift', 1_000);
const share = readShare('--loss');

test.each([
  [whole, '1', 1],
  [whole, '1000000', 1_000_000],
  [whole, 12, 12],
  [duration, '0ms', 0],
  [duration, '200ms', 200],
  [duration, '2s', 2_000],
  [duration, '1m', 60_000],
  [duration, '0.5s', 500],
  [ppm, '50ppm', 50],
  [share, '0%', 0],
  [share, '12.5%', 0.125],
  [share, '100%', 1],
])('%# reads %s%s', (read, text, value) => {
  expect(read(text)).toBe(value);
});

test.each([
  [whole, '--customers', ['0', '1000001', '-1', '1.5', '1e6', '', 'many', ' 7', undefined]],
  [duration, '--skew', ['200', '2', '2 s', '-1s', '61s', '2m', 's', 'NaNms', '']],
  [ppm, '--drift', ['50', '1001ppm', '-5ppm', 'ppm']],
  [share, '--loss', ['10', '0.1', '101%', '-1%', '%']],
] as const)('%# refuses what is none, and names the option', (read, option, texts) => {
  for (const text of texts) {
    expect(() => read(text)).toThrow(UsageError);
    expect(() => read(text)).toThrow(`${option} takes`);
  }
});

test('an option that is given twice is said to be', () => {
  expect(() => whole(['1', '2'])).toThrow('Give --customers once.');
});

test('what is repeated of the input cannot move the cursor', () => {
  let message = '';
  try {
    share('\u001b[2J10');
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toContain('[2J10');
  expect(message).not.toContain('\u001b');
});
