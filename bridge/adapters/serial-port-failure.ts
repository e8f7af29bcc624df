import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { BridgeError } from '../bridge-error.ts';

/** serialport's binding reports a failed opening as text only: the system's own words, in English on every locale. */
const NOT_FOUND = /no such file|no such device|file not found/i;
const DENIED = /permission denied|operation not permitted/i;
const NO_TERMINAL = /inappropriate ioctl/i;
const BUSY = /cannot lock port|resource busy|access denied/i;

/** What kept the port at `path` from being opened, and what to do about it. */
export function openFailure(path: string, cause: unknown): BridgeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const other = describeOther(path, reason);
  if (other !== undefined) {
    return new BridgeError(
      'SERIAL_PORT_FAILED',
      `${path} is ${other}, not a serial port. Name a port, such as /dev/ttyUSB0.`,
      { cause },
    );
  }
  if (NOT_FOUND.test(reason)) {
    return new BridgeError(
      'SERIAL_PORT_NOT_FOUND',
      `There is no serial port at ${path}. Plug the device in, or correct the path.`,
      { cause },
    );
  }
  if (DENIED.test(reason)) {
    return new BridgeError(
      'SERIAL_PORT_DENIED',
      `The serial port ${path} may not be opened by this user. On Linux, add the user to the group that owns it, often dialout, and log in again.`,
      { cause },
    );
  }
  if (BUSY.test(reason)) {
    return new BridgeError(
      'SERIAL_PORT_BUSY',
      `The serial port ${path} is in use by another program. Close it there first, or choose another port.`,
      { cause },
    );
  }
  return new BridgeError(
    'SERIAL_PORT_FAILED',
    `The serial port ${path} cannot be opened (${reason}). Check that it is a serial port and supports the speed.`,
    { cause },
  );
}

/** What stands at a path that is no serial port; `undefined` where nothing speaks against one. */
function describeOther(path: string, reason: string): string | undefined {
  const stats = statOf(path);
  if (stats === undefined) return undefined;
  if (stats.isFile()) return 'a file';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isSocket() || stats.isFIFO()) return 'a channel between programs';
  if (stats.isBlockDevice()) return 'a disk';
  return NO_TERMINAL.test(reason) ? 'a device of another kind' : undefined;
}

/** `undefined` for what is not there, or may not be looked at. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** The port at `path` went away while it was open. `cause` is undefined when the system only says that it hung up. */
export function portLost(path: string, cause: unknown): BridgeError {
  return new BridgeError(
    'SERIAL_PORT_LOST',
    `The serial port ${path} was disconnected. Check the cable and the power of the device, then open it again.`,
    { cause },
  );
}

/** The device at `path` takes no bytes although it is connected. */
export function portStuck(path: string): BridgeError {
  return new BridgeError(
    'SERIAL_PORT_FAILED',
    `The device on ${path} does not take the bytes sent to it. Reset it, then open the port again.`,
  );
}
