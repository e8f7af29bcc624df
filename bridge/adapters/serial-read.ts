import { readSync } from 'node:fs';

import type { SerialPort } from 'serialport';

/** An open port of serialport's binding, the layer below its stream. */
export type BindingPort = Awaited<ReturnType<(typeof SerialPort)['binding']['open']>>;

/** What the bindings for Linux and macOS have beyond the common interface. */
interface UnixPort {
  readonly fd: number | null;
  readonly poller: {
    once(event: 'readable', callback: (error: Error | null) => void): unknown;
  };
}

/**
 * Waits for bytes, puts them at the start of `buffer` and returns how many there are; 0 when the far end hung up.
 *
 * On Unix it takes the place of the binding's own `read`, which reads the 0 bytes of a hung-up terminal as "nothing
 * yet" and asks again for ever: one core at full load, and nobody is told that the port is gone.
 * @throws whatever the system reports when the port is gone, or was closed meanwhile
 */
export async function readBytes(port: BindingPort, buffer: Buffer): Promise<number> {
  if ('poller' in port) return readUnix(port, buffer);
  const { bytesRead } = await port.read(buffer, 0, buffer.length);
  return bytesRead;
}

async function readUnix(port: UnixPort, buffer: Buffer): Promise<number> {
  for (;;) {
    await readable(port);
    if (port.fd === null) return 0;
    try {
      return readSync(port.fd, buffer);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

function readable(port: UnixPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.poller.once('readable', (error) => (error === null ? resolve() : reject(error)));
  });
}
