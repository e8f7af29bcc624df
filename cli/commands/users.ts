/** `stedi users`: who may publish to the bridge's own broker. */
import type { Argv, CommandModule } from 'yargs';
import { addUser, listUsers, removeUser } from '../../bridge/index.ts';
import { UsageError } from '../exit-codes.ts';
import { readPassword } from '../read-password.ts';
import { refuseRepeats } from '../repeats.ts';
import { printJson, printNote, printResult } from '../terminal.ts';

interface FileArguments {
  readonly users: string;
}

interface UserArguments extends FileArguments {
  readonly name: string;
}

const addCommand: CommandModule<object, UserArguments & { readonly client: string[] }> = {
  command: 'add <name>',
  describe: 'Add a user, or give one another password; it is asked for, or read from stdin',
  builder: (yargs) =>
    withName(yargs).option('client', {
      describe: "Client id of the user beside those that begin with the user's name",
      type: 'string',
      array: true,
      default: [] as string[],
    }),
  handler: async ({ name, users, client }) => {
    const password = await readPassword(process.stdin, process.stderr);
    if (password === undefined) {
      throw new UsageError(
        'No password was given, or not the same one twice. Type it, or pipe it in as a line of text.',
      );
    }
    const outcome = await addUser(users, { name, password, clientIds: client });
    printNote(outcome === 'added' ? `${name} is a user now.` : `${name} has another password now.`);
  },
};

const listCommand: CommandModule<object, FileArguments & { readonly json: boolean }> = {
  command: 'list',
  describe: 'List the users',
  builder: (yargs) =>
    withFile(yargs).option('json', {
      describe: 'Print one JSON document',
      type: 'boolean',
      default: false,
    }),
  handler: async ({ users: path, json }) => {
    const users = await listUsers(path);
    if (json) printJson({ users });
    else for (const { name, clientIds } of users) printResult([name, ...clientIds].join(' '));
  },
};

const removeCommand: CommandModule<object, UserArguments> = {
  command: 'remove <name>',
  describe: 'Remove a user; a bridge that runs cuts its clients within seconds',
  builder: (yargs) => withName(yargs),
  handler: async ({ name, users }) => {
    await removeUser(users, name);
    printNote(`${name} is no user any more.`);
  },
};

/** The group of commands about users. */
export const usersCommand: CommandModule = {
  command: 'users',
  describe: "Say who may publish to the bridge's own broker",
  builder: (yargs): Argv =>
    yargs
      .command(addCommand)
      .command(listCommand)
      .command(removeCommand)
      .demandCommand(
        1,
        'Say what to do with the users. The first thing to try: npx stedi users add NAME --users FILE',
      ),
  handler: () => {
    // Only its commands do something.
  },
};

function withFile(yargs: Argv): Argv<FileArguments> {
  return yargs
    .option('users', {
      describe: 'File of the users, the same as for "stedi bridge --users"',
      type: 'string',
      demandOption: true,
    })
    .check(refuseRepeats(['client']));
}

function withName(yargs: Argv): Argv<UserArguments> {
  return withFile(yargs).positional('name', {
    describe: 'Name of the user: letters, digits and hyphens',
    type: 'string',
    demandOption: true,
  });
}
