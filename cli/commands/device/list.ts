import type { CommandModule } from 'yargs';
import { describePort, listPorts } from '../../../device-bench/index.ts';
import type { PortReport } from '../../../device-bench/index.ts';
import { printJson, printNote, printResult } from '../../terminal.ts';
import { checkBaud, DEFAULT_BAUD, USUAL_BAUDS } from './baud-rates.ts';

interface ListArguments {
  readonly ports: string[];
  readonly baud: number;
  readonly 'scan-baud': boolean;
  readonly json: boolean;
}

/** `stedi device list`: asks all ports who is there. */
export const deviceListCommand: CommandModule<object, ListArguments> = {
  command: 'list [ports..]',
  describe: 'Ask all serial ports who is there',
  builder: (yargs) =>
    yargs
      .positional('ports', {
        describe: 'Only these ports and folders of ports, such as ./ports',
        type: 'string',
        array: true,
        default: [] as string[],
      })
      .options({
        baud: {
          describe: 'Baud rate',
          type: 'number',
          default: DEFAULT_BAUD,
          coerce: checkBaud,
          requiresArg: true,
        },
        'scan-baud': {
          describe: `Try ${USUAL_BAUDS.join(', ')} one after the other`,
          type: 'boolean',
          default: false,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      }),
  handler: async (argv) => {
    const baudRates = argv['scan-baud'] ? USUAL_BAUDS : [argv.baud];
    const reports = await listPorts({ places: argv.ports, baudRates });
    if (argv.json) printJson({ ports: reports.map(toEntry) });
    else for (const report of reports) printResult(formatPort(report));
    if (reports.length === 0) {
      printNote(
        'No serial port was found. Plug a device in, or name ports: stedi device list /dev/ttyUSB0',
      );
    }
  },
};

function formatPort(report: PortReport): string {
  return `${report.path}  ${describePort(report)}`;
}

function toEntry({ path, baudRate, found }: PortReport): object {
  return { path, baud: baudRate, ...found };
}
