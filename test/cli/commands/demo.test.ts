import { expect, test } from 'vitest';
import yargs from 'yargs';
import { demoCommand } from '../../../cli/commands/demo.ts';

async function demo(...args: string[]): Promise<void> {
  await yargs(['demo', ...args])
    .command(demoCommand)
    .exitProcess(false)
    .fail((message, error: unknown) => {
      throw error ?? new TypeError(message);
    })
    .parseAsync();
}

test.each([
  [['--port', 'abc'], '--port takes a whole number from 0 to 65535; "abc" is not.'],
  [['--port', '65536'], '--port takes a whole number from 0 to 65535; "65536" is not.'],
  [['--speed', '0'], /--speed/],
  [['--seed', 'x'], /--seed takes a whole number/],
])('%s is refused in words before anything begins', async (args, words) => {
  await expect(demo(...args)).rejects.toThrow(words);
});
