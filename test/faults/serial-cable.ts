/** A serial cable in memory that can be pulled between any two bytes: a virtual port without a terminal, and the host's end of it. */
import type { CloseReason, SerialChannel } from '../../bridge/adapters/serial-port.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { matchesPattern } from '../../bridge/core/port-pattern.ts';
import type { SerialWorld } from '../../bridge/serial/index.ts';
import type { VirtualPort } from '../../simulator/live/pty.ts';

/** What a terminal holds for a host that has not opened it. */
const WAITING_BYTES_MAX = 20_312;

/** One cable: the device writes into `VirtualPort`, the host opens the other end. */
export class MemoryCable implements VirtualPort {
  readonly path: string;
  readonly link: undefined;
  isPlugged = true;
  #waiting = '';
  #host: MemoryEnd | undefined;
  #onData: (chunk: Uint8Array) => void = () => undefined;

  constructor(path: string) {
    this.path = path;
  }

  get isOpen(): boolean {
    return this.#host !== undefined;
  }

  /** The host opens the port. */
  open(): SerialChannel {
    const host = new MemoryEnd(this.path, {
      write: (bytes) => this.#onData(Buffer.from(bytes, 'latin1')),
      onReady: () => {
        const waiting = this.#waiting;
        this.#waiting = '';
        if (waiting !== '') this.write(waiting);
      },
      onClose: () => (this.#host = undefined),
    });
    this.#host = host;
    return host;
  }

  write(bytes: string): number {
    if (!this.isPlugged) return 0;
    if (this.#host?.isReady === true) {
      this.#host.receive(Buffer.from(bytes, 'latin1'));
      return bytes.length;
    }
    const taken = bytes.slice(0, WAITING_BYTES_MAX - this.#waiting.length);
    this.#waiting += taken;
    return taken.length;
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#onData = listener;
  }

  pause(): void {}

  resume(): void {}

  /** Somebody pulls it. */
  close(): void {
    this.isPlugged = false;
    this.#host?.end({ disconnected: true });
  }
}

interface MemoryEndOptions {
  readonly write: (bytes: string) => void;
  readonly onReady: () => void;
  readonly onClose: () => void;
}

/** The host's end. */
class MemoryEnd implements SerialChannel {
  readonly path: string;
  isReady = false;
  readonly #options: MemoryEndOptions;
  readonly #dataListeners: ((chunk: Uint8Array) => void)[] = [];
  readonly #closeListeners: ((reason: CloseReason) => void)[] = [];
  #isOpen = true;

  constructor(path: string, options: MemoryEndOptions) {
    this.path = path;
    this.#options = options;
  }

  write(bytes: string): void {
    if (this.#isOpen) this.#options.write(bytes);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#dataListeners.push(listener);
    this.isReady = true;
    this.#options.onReady();
  }

  onClose(listener: (reason: CloseReason) => void): void {
    this.#closeListeners.push(listener);
  }

  async close(): Promise<void> {
    this.end({ disconnected: false });
  }

  receive(chunk: Uint8Array): void {
    for (const listener of this.#dataListeners) listener(chunk);
  }

  end(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#options.onClose();
    for (const listener of this.#closeListeners) listener(reason);
  }
}

/** A machine with cables in memory. */
export class MemoryPorts implements SerialWorld {
  readonly #cables = new Map<string, MemoryCable>();

  /** Plugs a cable in at a path. */
  plug(path: string): MemoryCable {
    const cable = new MemoryCable(path);
    this.#cables.set(path, cable);
    return cable;
  }

  async find(entry: string): Promise<readonly string[]> {
    return [...this.#cables.keys()].filter((path) => matchesPattern(path, entry));
  }

  async target(path: string): Promise<string | undefined> {
    return this.#cables.get(path)?.isPlugged === true ? path : undefined;
  }

  async open({ path }: { readonly path: string }): Promise<SerialChannel> {
    const cable = this.#cables.get(path);
    if (cable?.isPlugged === true && !cable.isOpen) return cable.open();
    throw new BridgeError('SERIAL_PORT_NOT_FOUND', `There is no port at ${path}.`);
  }
}
