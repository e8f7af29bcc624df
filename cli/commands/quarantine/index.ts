/** `stedi quarantine`: what a bridge could not take. */
import type { Argv, CommandModule } from 'yargs';
import { quarantineListCommand } from './list.ts';
import { quarantineReplayCommand } from './replay.ts';
import { quarantineShowCommand } from './show.ts';

/** The group of commands about a quarantine. */
export const quarantineCommand: CommandModule = {
  command: 'quarantine',
  describe: 'Look through what a bridge could not take, and land it once it can be',
  builder: (yargs): Argv =>
    yargs
      .command(quarantineListCommand)
      .command(quarantineShowCommand)
      .command(quarantineReplayCommand)
      .demandCommand(
        1,
        'Say what to do with the quarantine. The first thing to try: npx stedi quarantine list --bucket NAME',
      ),
  handler: () => {
    // Only its commands do something.
  },
};
