import type { Random, RandomStreams } from '../core/random.ts';
import { drawInteger } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import { Uart } from '../core/uart.ts';
import type { DevicePort, SerialCables } from '../fleet/links.ts';

/** Transmit buffer of a trainer and of a host, in bytes. */
const DEVICE_BUFFER_BYTES = 256;
const HOST_BUFFER_BYTES = 4096;

/** The host's end of a cable: what an opened serial port offers. `write` takes one byte per character. */
export interface HostChannel {
  readonly path: string;
  write(bytes: string): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  onClose(listener: () => void): void;
}

/** How in-memory cables are made. */
export interface MemorySerialOptions {
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly baudRate: number;
  /** Called for every cable that is plugged in, as a hot-plugged port would show up. */
  readonly onPlugged: (channel: HostChannel) => void;
}

/** Serial cables in memory that carry the real bytes at the pace of their baud rate, in chunks of any size. */
export class MemorySerial implements SerialCables {
  readonly #options: MemorySerialOptions;
  readonly #cables = new Set<MemoryCable>();
  #isHostThere = true;

  constructor(options: MemorySerialOptions) {
    this.#options = options;
  }

  plug(station: number): DevicePort {
    const cable = new MemoryCable(this.#options, station, () => this.#cables.delete(cable));
    this.#cables.add(cable);
    cable.isRead = this.#isHostThere;
    if (this.#isHostThere) this.#options.onPlugged(cable.host);
    return cable.device;
  }

  /** The process at the host's end is gone: nobody reads what arrives there. */
  loseHost(): void {
    this.#isHostThere = false;
    for (const cable of this.#cables) cable.isRead = false;
  }

  /** Another process is there; it finds all cables that are plugged in. */
  regainHost(): void {
    this.#isHostThere = true;
    for (const cable of this.#cables) {
      cable.isRead = true;
      this.#options.onPlugged(cable.host);
    }
  }
}

class MemoryCable {
  readonly device: DevicePort;
  readonly host: HostChannel;
  /** False while no process has the port open: what arrives is lost. */
  isRead = true;
  readonly #timers: Timers;
  readonly #chunkRandom: Random;
  readonly #toHost: Uart;
  readonly #toDevice: Uart;
  readonly #onClosed: () => void;
  #isOpen = true;
  #onDeviceBytes: (bytes: string) => void = () => undefined;
  #onHostChunk: (chunk: Uint8Array) => void = () => undefined;
  #onHostClose: () => void = () => undefined;

  constructor(
    { timers, streams, baudRate }: MemorySerialOptions,
    station: number,
    onClosed: () => void,
  ) {
    this.#timers = timers;
    this.#onClosed = onClosed;
    this.#chunkRandom = streams(`station:${station}/chunks`);
    this.#toHost = new Uart(baudRate, DEVICE_BUFFER_BYTES);
    this.#toDevice = new Uart(baudRate, HOST_BUFFER_BYTES);
    this.device = {
      send: (bytes, onEnd) => this.#sendToHost(bytes, onEnd),
      onReceive: (listener) => (this.#onDeviceBytes = listener),
      close: () => this.#close(),
    };
    this.host = {
      path: `memory:ttySTEDI${station}`,
      write: (bytes) => this.#sendToDevice(bytes),
      onData: (listener) => (this.#onHostChunk = listener),
      onClose: (listener) => (this.#onHostClose = listener),
    };
  }

  #sendToHost(bytes: string, onEnd: ((arrived: boolean) => void) | undefined): boolean {
    const arrivesMs = this.#toHost.transmit(bytes.length, this.#timers.now());
    if (arrivesMs === undefined) return false;
    this.#timers.at(arrivesMs, () => {
      const arrives = this.#isOpen && this.isRead;
      onEnd?.(arrives);
      if (arrives) this.#deliver(Buffer.from(bytes, 'latin1'));
    });
    return true;
  }

  /** Chunk borders fall anywhere in a line, as on a real port. */
  #deliver(bytes: Buffer): void {
    const border = drawInteger(this.#chunkRandom, 0, bytes.length);
    if (border > 0) this.#onHostChunk(bytes.subarray(0, border));
    if (border < bytes.length) this.#onHostChunk(bytes.subarray(border));
  }

  #sendToDevice(bytes: string): void {
    const arrivesMs = this.#toDevice.transmit(bytes.length, this.#timers.now());
    if (arrivesMs === undefined) return;
    this.#timers.at(arrivesMs, () => {
      if (this.#isOpen) this.#onDeviceBytes(bytes);
    });
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#onClosed();
    if (this.isRead) this.#onHostClose();
  }
}
