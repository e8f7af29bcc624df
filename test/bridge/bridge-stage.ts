/** A bridge between fake ports and a store in memory, under virtual time. */
import { BatchStore } from '../../bridge/batch-store.ts';
import { Bridge } from '../../bridge/bridge.ts';
import { decodeQuarantinedBytes } from '../../bridge/core/quarantine-line.ts';
import type { BatchLimits, LandingObject } from '../../bridge/core/landing-batches.ts';
import type { BridgeTimers, ObjectSink, SerialChannel } from '../../bridge/ports.ts';
import { phoneTopic } from '../../firmware-protocol/index.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';

/** 2022-06-18T12:00:00Z. */
export const NOON_MS = 1_655_553_600_000;
export const STEPS = 'step_trainer_landing';
export const PHONES = 'accelerometer_landing';
export const TOPIC: string = phoneTopic('phone-1', 'accelerometer');
export const SERIAL_NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';

/** A record of a step trainer. */
export function stepOf(distanceFromObject: number): Record<string, unknown> {
  return {
    sensorReadingTime: 1_655_564_444_103,
    serialNumber: SERIAL_NUMBER,
    distanceFromObject,
  };
}

/** The line in which a device of level 0 sends it. */
export function rawLine(distance: number): string {
  return `${JSON.stringify(stepOf(distance))}\r\n`;
}

/** A record of a phone. */
export function sampleOf(timeStamp: number): Record<string, unknown> {
  return { user: 'Ana.Novak@mail.example', timeStamp, x: 1, y: 0, z: -1 };
}

/** The payload of a message. */
export function message(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** The bytes that a row of quarantine keeps, one character for each. */
export function quarantinedLine(row: unknown): string {
  const { encoding, original } = row as { readonly encoding: string; readonly original: string };
  return Buffer.from(decodeQuarantinedBytes(encoding, original)).toString('latin1');
}

/** The host's end of a cable, with a test at the other end. */
export class FakeChannel implements SerialChannel {
  readonly path: string;
  readonly written: string[] = [];
  #onData: (chunk: Uint8Array) => void = () => undefined;
  #onClose: () => void = () => undefined;

  constructor(path: string) {
    this.path = path;
  }

  write(bytes: string): void {
    this.written.push(bytes);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  /** The device sends bytes, one per character. */
  send(bytes: string): void {
    this.#onData(Buffer.from(bytes, 'latin1'));
  }

  /** Somebody pulls the cable. */
  close(): void {
    this.#onClose();
  }
}

/** A store that keeps objects until it is told to take or refuse them. */
export class HeldStore implements ObjectSink {
  readonly waiting: { readonly object: LandingObject; readonly take: () => void }[] = [];

  put(object: LandingObject): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ object, take: resolve }));
  }
}

/** What a stage is built with. */
export interface StageOptions {
  readonly limits?: BatchLimits;
  readonly sink?: ObjectSink;
  /** Changes the timers that the bridge sees. */
  readonly timers?: (time: VirtualTime) => BridgeTimers;
}

/** A bridge and what happened to its objects. */
export class Stage {
  readonly time: VirtualTime = new VirtualTime(NOON_MS);
  readonly objects: LandingObject[] = [];
  readonly failures: { readonly key: string; readonly cause: unknown }[] = [];
  readonly store: BatchStore;
  readonly bridge: Bridge;
  /** How many messages have been acknowledged. */
  acknowledged = 0;

  constructor({ limits, sink, timers }: StageOptions = {}) {
    const used = timers?.(this.time) ?? this.time;
    this.store = new BatchStore({
      id: 'bridge-7',
      timers: used,
      sink: sink ?? { put: async (object) => void this.objects.push(object) },
      onStoreFailure: ({ key }, cause) => this.failures.push({ key, cause }),
      ...(limits && { limits }),
    });
    this.bridge = new Bridge({ store: this.store, timers: used });
  }

  /** A port that the bridge has taken over. */
  attach(path = 'fake:1'): FakeChannel {
    const channel = new FakeChannel(path);
    this.bridge.attach(channel, 57_600);
    return channel;
  }

  /** A message arrives. */
  receive(topic: string, payload: Uint8Array, dup = false): void {
    this.bridge.take({ topic, payload, dup }, () => this.acknowledged++);
  }

  /** Stops the devices, and stores what is collected. */
  async close(): Promise<void> {
    this.bridge.stop();
    await this.store.close();
  }

  /** How many rows have been taken for landing, and for quarantine. */
  get taken(): { readonly landed: number; readonly quarantined: number } {
    const { records } = this.bridge.counts;
    return {
      landed: records[PHONES] + records[STEPS],
      quarantined: records[`quarantine/${PHONES}`] + records[`quarantine/${STEPS}`],
    };
  }

  /** Lets time pass until `afterMs` after noon. */
  run(afterMs: number): void {
    this.time.at(NOON_MS + afterMs, () => undefined);
    if (this.time.run(NOON_MS + afterMs, 10_000)) throw new RangeError('This run never ends');
  }

  /** The rows of all objects below a folder. */
  rows(folder: string): unknown[] {
    return this.objects
      .filter(({ key }) => key.startsWith(`${folder}/`))
      .flatMap(({ body }) => (body as string).trimEnd().split('\n'))
      .map((line) => JSON.parse(line) as unknown);
  }
}
