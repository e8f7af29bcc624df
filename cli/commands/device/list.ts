import type { CommandModule } from 'yargs';
import { describePort, listPorts } from '../../../device-bench/index.ts';
import type { PortReport } from '../../../device-bench/index.ts';
import { EXIT } from '../../exit-codes.ts';
import { refuseRepeats } from '../../repeats.ts';
import { printJson, printNote, printResult } from '../../terminal.ts';
import { speedsOf, withSpeed } from './choose-port.ts';
import type { SpeedArguments } from './choose-port.ts';

interface ListArguments extends SpeedArguments {
  readonly ports: string[];
  readonly json: boolean;
}

/** What is said of ports that could not be opened. */
const UNOPENED: readonly string[] = ['missing', 'busy', 'denied', 'unusable'];

/** `stedi device list`: asks all ports who is there. */
export const deviceListCommand: CommandModule<object, ListArguments> = {
  command: 'list [ports..]',
  describe: 'Ask all serial ports who is there',
  builder: (yargs) =>
    withSpeed(yargs)
      .positional('ports', {
        describe: 'Only these ports and folders of ports, such as ./ports',
        type: 'string',
        array: true,
        default: [] as string[],
      })
      .option('json', { describe: 'Print one JSON document', type: 'boolean', default: false })
      .check(refuseRepeats(['ports'])),
  handler: async (argv) => {
    const reports = await listPorts({ places: argv.ports, baudRates: speedsOf(argv) });
    if (argv.json) printJson({ ports: reports.map(toEntry) });
    else for (const report of reports) printResult(formatPort(report));
    if (reports.length === 0) {
      printNote(
        'No serial port was found. Plug a device in, or name ports: npx stedi device list /dev/ttyUSB0',
      );
    }
    const isAnyOpen = reports.some(({ found }) => !UNOPENED.includes(found.status));
    if (argv.ports.length > 0 && !isAnyOpen) process.exitCode = EXIT.ENVIRONMENT;
  },
};

function formatPort(report: PortReport): string {
  return `${report.path}  ${describePort(report)}`;
}

function toEntry({ path, baudRate, found }: PortReport): object {
  return { path, baud: baudRate, ...found };
}
