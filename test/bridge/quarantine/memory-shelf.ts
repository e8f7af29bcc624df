/** A place with objects in memory, and what a bridge would have put into its quarantine. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { LandingObject } from '../../../bridge/core/landing-batches.ts';
import { encodeQuarantineLine } from '../../../bridge/core/quarantine-line.ts';
import type { QuarantineEntry } from '../../../bridge/core/quarantine-line.ts';
import type { ObjectShelf } from '../../../bridge/quarantine/object-shelf.ts';

/** 2022-06-18T12:00:00Z. */
export const NOON_MS = 1_655_553_600_000;
export const PHONES = 'accelerometer_landing';
export const STEPS = 'step_trainer_landing';
export const TOPIC = 'stedi/v1/phones/phone-1/accelerometer';

/** Objects in memory. A test may let any write or read fail. */
export class MemoryShelf implements ObjectShelf {
  readonly objects: Map<string, Uint8Array> = new Map();
  /** Called before and after each write with its key and the number of the write; may throw. */
  before: (key: string, write: number) => void | Promise<void> = () => undefined;
  after: (key: string, write: number) => void = () => undefined;
  writes = 0;

  async list(prefix: string): Promise<string[]> {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
  }

  async storedMs(key: string): Promise<number | undefined> {
    return this.objects.has(key) ? NOON_MS : undefined;
  }

  async *read(key: string): AsyncGenerator<Uint8Array> {
    const body = this.objects.get(key);
    if (body === undefined) throw new RangeError(`${key} is not there`);
    // In pieces, so that lines go across them.
    for (let from = 0; from < body.length; from += 100) yield body.subarray(from, from + 100);
  }

  async put({ key, body }: LandingObject): Promise<void> {
    const write = ++this.writes;
    await this.before(key, write);
    this.objects.set(key, Buffer.from(body as Uint8Array));
    this.after(key, write);
  }

  async putNew(object: LandingObject): Promise<boolean> {
    const write = ++this.writes;
    await this.before(object.key, write);
    if (this.objects.has(object.key)) return false;
    this.objects.set(object.key, Buffer.from(object.body as Uint8Array));
    this.after(object.key, write);
    return true;
  }

  close(): void {
    // Nothing is held.
  }

  /** Puts an object of these entries into the quarantine; gives its key. */
  quarantine(table: string, name: string, entries: readonly Partial<QuarantineEntry>[]): string {
    const key = `quarantine/${table}/date=2022-06-18/${name}.json.gz`;
    const lines = entries.map((entry) =>
      encodeQuarantineLine({
        reason: 'not-json',
        source: table === PHONES ? TOPIC : '/dev/ttyUSB0',
        arrivedAt: NOON_MS,
        original: Buffer.from('?'),
        ...entry,
      }),
    );
    this.objects.set(key, gzipSync(Buffer.concat(lines)));
    return key;
  }

  /** All rows that landed, in the order of the keys. */
  landed(table: string): string[] {
    return [...this.objects]
      .filter(([key]) => key.startsWith(`${table}/`))
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([, body]) => gunzipSync(body).toString().split('\n'))
      .filter((line) => line !== '');
  }
}

/** A sample of a phone as JSON. */
export function sample(timeStamp: number, more: object = {}): string {
  return JSON.stringify({ user: 'ana@mail.example', timeStamp, x: 1, y: 0, z: -1, ...more });
}

/** A raw record of a step trainer. */
export function step(distanceFromObject: number): string {
  const serialNumber = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
  return JSON.stringify({ sensorReadingTime: NOON_MS, serialNumber, distanceFromObject });
}
