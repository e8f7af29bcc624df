import { realpath } from 'node:fs/promises';
import { openSerialPort } from '../adapters/serial-port.ts';
import type { SerialChannel } from '../adapters/serial-port.ts';
import { findPorts } from './find-ports.ts';
import { UsbPorts } from './usb-ports.ts';

/** What stands for all USB serial ports. */
export const AUTO = 'auto';

/** What a supervisor of ports does to the machine. */
export interface SerialWorld {
  /** The paths that an entry stands for: those that are there, and every path that was named. */
  find(entry: string): Promise<readonly string[]>;
  /** What a path leads to in the end: the same for all names of one port; `undefined` when nothing is there. */
  target(path: string): Promise<string | undefined>;
  /** @throws BridgeError `SERIAL_PORT_…` */
  open(options: { readonly path: string; readonly baudRate: number }): Promise<SerialChannel>;
}

/** The serial ports of this machine. `onUnlisted` is told once when the system cannot be asked for them. */
export function machinePorts(onUnlisted: (cause: unknown) => void): SerialWorld {
  const usb = new UsbPorts({ onUnlisted });
  return {
    find: (entry) => (entry === AUTO ? usb.find() : findPorts(entry)),
    target: async (path) => {
      // Ports of Windows are no files; whether one is there shows when it is opened.
      if (process.platform === 'win32') return path;
      try {
        return await realpath(path);
      } catch {
        return undefined;
      }
    },
    open: openSerialPort,
  };
}
