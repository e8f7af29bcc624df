/** Counts what passes serial ports, at the host's end: virtual ports and real ones alike. */
import type { SerialWorld } from '../../bridge/index.ts';

const LF = 0x0a;

/** What has come from devices until now. */
export class SerialTraffic {
  bytes = 0;
  lines = 0;

  /** Counts a chunk of bytes. */
  add(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) this.lines++;
  }
}

/** The same ports; `listen` gives what is told the bytes that come from the device on a port which was opened. */
export function listenToPorts(
  world: SerialWorld,
  listen: (path: string) => (chunk: Uint8Array) => void,
): SerialWorld {
  return {
    find: (entry) => world.find(entry),
    target: (path) => world.target(path),
    open: async (options) => {
      const channel = await world.open(options);
      const hear = listen(options.path);
      return {
        path: channel.path,
        ...(channel.setModemLines !== undefined && { setModemLines: channel.setModemLines }),
        write: (bytes) => channel.write(bytes),
        onData: (listener) =>
          channel.onData((chunk) => {
            hear(chunk);
            listener(chunk);
          }),
        onClose: (listener) => channel.onClose(listener),
        close: () => channel.close(),
      };
    },
  };
}
