/** `stedi device`: the firmware developer's bench. */
import type { Argv, CommandModule } from 'yargs';
import { deviceCheckCommand } from './check.ts';
import { deviceListCommand } from './list.ts';
import { deviceMonitorCommand } from './monitor.ts';
import { deviceRecordCommand } from './record.ts';
import { deviceReplayCommand } from './replay.ts';

/** The group of commands about one device on a port. */
export const deviceCommand: CommandModule = {
  command: 'device',
  describe: 'Test, watch, record and replay a device on a serial port',
  builder: (yargs): Argv =>
    yargs
      .command(deviceCheckCommand)
      .command(deviceListCommand)
      .command(deviceMonitorCommand)
      .command(deviceRecordCommand)
      .command(deviceReplayCommand)
      .demandCommand(
        1,
        'Say what to do with the device. The first thing to try: npx stedi device check',
      ),
  handler: () => {
    // Only its commands do something.
  },
};
