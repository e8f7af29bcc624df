import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';

import type { CloseReason, SerialChannel } from '../../bridge/adapters/serial-port.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { FarEnd, SerialBench } from './serial-channel.ts';

/** Serial ports in memory: each opened port is a pair of streams, and no operating system is involved. */
export class FakeSerialBench implements SerialBench {
  readonly missingPath = '/dev/fake-missing';
  readonly hasFarEnd = true;
  readonly #devices = new Map<string, FakeDevice>();

  plugIn(): FarEnd {
    const path = `/dev/fake${this.#devices.size}`;
    const device = new FakeDevice(path);
    this.#devices.set(path, device);
    return device;
  }

  async open(path: string): Promise<SerialChannel> {
    const device = this.#devices.get(path);
    if (device === undefined || device.isUnplugged) {
      throw new BridgeError('SERIAL_PORT_NOT_FOUND', `There is no serial port at ${path}.`);
    }
    return device.open();
  }
}

class FakeDevice implements FarEnd {
  readonly path: string;
  isUnplugged = false;
  readonly #listeners: ((chunk: Uint8Array) => void)[] = [];
  #cable: Duplex | undefined;

  constructor(path: string) {
    this.path = path;
  }

  open(): SerialChannel {
    if (this.#cable !== undefined) {
      throw new BridgeError('SERIAL_PORT_BUSY', `The serial port ${this.path} is in use.`);
    }
    const [hostEnd, deviceEnd] = duplexPair();
    this.#cable = deviceEnd;
    deviceEnd.on('data', (chunk: Uint8Array) => {
      for (const listener of this.#listeners) listener(chunk);
    });
    deviceEnd.once('end', () => (this.#cable = undefined));
    return new FakeChannel(this.path, hostEnd);
  }

  write(bytes: string): void {
    this.#cable?.write(bytes, 'latin1');
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#listeners.push(listener);
  }

  unplug(): void {
    this.isUnplugged = true;
    this.#cable?.end();
    this.#cable = undefined;
  }
}

class FakeChannel implements SerialChannel {
  readonly path: string;
  readonly #cable: Duplex;
  readonly #listeners: ((reason: CloseReason) => void)[] = [];
  #ended: CloseReason | undefined;

  constructor(path: string, cable: Duplex) {
    this.path = path;
    this.#cable = cable;
    cable.once('end', () => {
      const error = new BridgeError('SERIAL_PORT_LOST', `${path} was disconnected.`);
      this.#end({ disconnected: true, error });
    });
  }

  write(bytes: string): void {
    if (this.#ended === undefined) this.#cable.write(bytes, 'latin1');
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#cable.on('data', listener);
  }

  onClose(listener: (reason: CloseReason) => void): void {
    const ended = this.#ended;
    if (ended === undefined) this.#listeners.push(listener);
    else queueMicrotask(() => listener(ended));
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#end({ disconnected: false });
    await new Promise<void>((resolve) => this.#cable.end(resolve));
  }

  #end(reason: CloseReason): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const listener of this.#listeners) listener(reason);
  }
}
