/** Which port a command is about: devices are known by what they say, not by the names of ports. */
import type { Argv } from 'yargs';
import { findDevice, isFolder, listPorts } from '../../../device-bench/index.ts';
import { checkBaud, DEFAULT_BAUD, USUAL_BAUDS } from './baud-rates.ts';

/** What the command line says about speeds. */
export interface SpeedArguments {
  readonly baud: number;
  readonly 'scan-baud': boolean;
}

/** What the command line says about the port. */
export interface PortArguments extends SpeedArguments {
  readonly port: string | undefined;
  readonly serial: string | undefined;
}

/** The speeds to try, the likeliest first. */
export function speedsOf(argv: SpeedArguments): readonly number[] {
  return argv['scan-baud'] ? USUAL_BAUDS : [argv.baud];
}

/** A port, and the speed to open it with. */
export interface ChosenPort {
  readonly path: string;
  readonly baudRate: number;
}

/** Adds the argument `port`, and the options that choose a port, to a command. */
export function withPort(yargs: Argv): Argv<PortArguments> {
  return withSpeed(yargs)
    .positional('port', {
      describe:
        'Serial port, such as /dev/ttyUSB0, or a folder of ports; may be left out when only one device answers',
      type: 'string',
    })
    .option('serial', {
      describe: 'Serial number of the device, or its beginning, wherever it is plugged in',
      type: 'string',
      requiresArg: true,
    });
}

/** Adds the options that choose a speed. */
export function withSpeed(yargs: Argv): Argv<SpeedArguments> {
  return yargs.options({
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
  });
}

/**
 * The port that the command line names, or that of the only device that answers and fits.
 *
 * @throws BenchError `DEVICE_AMBIGUOUS`, `DEVICE_NOT_FOUND`, `PORT_NOT_FOUND`
 */
export async function choosePort(argv: PortArguments): Promise<ChosenPort> {
  const { port, serial, baud } = argv;
  if (port !== undefined && serial === undefined && !argv['scan-baud'] && !(await isFolder(port))) {
    return { path: port, baudRate: baud };
  }
  const reports = await listPorts({
    places: port === undefined ? [] : [port],
    baudRates: speedsOf(argv),
  });
  return findDevice(reports, serial);
}
