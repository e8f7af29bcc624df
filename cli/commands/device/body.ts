/** What is tested: a device in some body. */
import { openEmulatedDevice, openSerialDevice } from '../../../device-bench/index.ts';
import type {
  AskedLevel,
  CheckTarget,
  EmulatedDevice,
  SerialDevice,
} from '../../../device-bench/index.ts';
import { UsageError } from '../../exit-codes.ts';
import { choosePort } from './choose-port.ts';
import type { PortArguments } from './choose-port.ts';

/** An open device, and what reports call it. */
export interface Body {
  readonly device: EmulatedDevice | SerialDevice;
  readonly target: CheckTarget;
}

const EMULATOR = 'emulator:';

/**
 * Opens the port that the command line names or describes, or powers a board of the emulator with the named firmware.
 *
 * @throws UsageError, BenchError when that cannot be done
 */
export async function openBody(argv: PortArguments, asked: AskedLevel): Promise<Body> {
  const { port, baud } = argv;
  if (port?.startsWith(EMULATOR) === true) {
    const path = port.slice(EMULATOR.length);
    if (path === '') {
      throw new UsageError('emulator: takes a hex file, such as emulator:build/firmware.hex.');
    }
    const device = await openEmulatedDevice({ path, baudRate: baud });
    return { device, target: { port, baudRate: baud, ...asked } };
  }
  const chosen = await choosePort(argv);
  const { path, baudRate } = chosen;
  const device = await openSerialDevice({ path, baudRate });
  return { device, target: { port: path, baudRate, ...asked } };
}
