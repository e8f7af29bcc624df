import { expect, it } from 'vitest';
import { readMemory, readThreads } from '../../../cli/commands/pipeline-arguments.ts';
import { UsageError } from '../../../cli/exit-codes.ts';

it('reads memory and threads', () => {
  expect([readMemory('4GB'), readMemory(undefined)]).toEqual([4e9, undefined]);
  expect([readThreads('2'), readThreads(undefined)]).toEqual([2, undefined]);
});

it.each(['4', 'lots', '100MB'])('refuses --memory %s', (text) => {
  expect(() => readMemory(text)).toThrow(UsageError);
});

it.each(['0', '-1', 'two', '257'])('refuses --threads %s', (text) => {
  expect(() => readThreads(text)).toThrow(UsageError);
});
