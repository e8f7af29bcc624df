import { expect, test } from 'vitest';
import type { Argv } from 'yargs';
import { addCommands, COMMANDS } from '../../cli/command-table.ts';

/** The first words of the commands that are added for a command line. */
async function addedFor(...args: string[]): Promise<string[]> {
  const added: string[] = [];
  const stedi = {
    command: ({ command }: { readonly command: string }) => {
      added.push(command.split(' ')[0] ?? '');
      return stedi;
    },
  };
  await addCommands(stedi as unknown as Argv, args);
  return added;
}

test('a command line loads the command that it begins with, and no other', async () => {
  expect(await addedFor('bridge', '--listen', 'run')).toEqual(['bridge']);
  expect(await addedFor('users', 'list')).toEqual(['users']);
});

test.each([[[]], [['--help']], [['brigde']], [['toString']]])(
  'a command line that begins with none, such as %j, loads all of them',
  async (args) => {
    expect(await addedFor(...args)).toEqual(Object.keys(COMMANDS));
  },
);
