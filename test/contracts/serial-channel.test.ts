import { existsSync } from 'node:fs';

import { describe } from 'vitest';

import { openSerialPort } from '../../bridge/adapters/serial-port.ts';
import type { SerialChannel } from '../../bridge/adapters/serial-port.ts';
import { openVirtualPort } from '../../simulator/live/pty.ts';
import { FakeSerialBench } from './serial-channel-fake.ts';
import { describeSerialChannel } from './serial-channel.ts';
import type { FarEnd, SerialBench } from './serial-channel.ts';

describeSerialChannel('memory', new FakeSerialBench());

const ptyBench: SerialBench = {
  missingPath: '/dev/pts/no-such-port',
  hasFarEnd: true,
  plugIn() {
    const port = openVirtualPort();
    return {
      path: port.path,
      write: (bytes) => void port.write(bytes),
      onData: (listener) => port.onData(listener),
      unplug: () => port.close(),
    };
  },
  open: (path) => openSerialPort({ path, baudRate: 57_600 }),
};

describe.skipIf(!existsSync('/dev/ptmx'))('on this machine', () => {
  describeSerialChannel('a pseudo-terminal', ptyBench);
});

/** A real port whose TX and RX are wired together: the far end is the port itself. */
class LoopbackBench implements SerialBench {
  readonly missingPath = '/dev/no-such-port';
  readonly hasFarEnd = false;
  readonly #path: string;
  #channel: SerialChannel | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  plugIn(): FarEnd {
    return {
      path: this.#path,
      write: (bytes) => this.#channel?.write(bytes),
      onData: (listener) => this.#channel?.onData(listener),
      unplug: () => undefined,
    };
  }

  async open(path: string): Promise<SerialChannel> {
    const channel = await openSerialPort({ path, baudRate: 57_600 });
    this.#channel = channel;
    return channel;
  }
}

const testPort = process.env['TEST_PORT'];
const hint =
  testPort === undefined ? ': set TEST_PORT to a port whose TX and RX are wired together' : '';

describe.skipIf(testPort === undefined)(`on hardware${hint}`, () => {
  const path = testPort ?? '';
  describeSerialChannel(path, new LoopbackBench(path));
});
