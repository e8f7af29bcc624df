/** What the bridge knows of devices beyond the port on which they are: they come back, on the same port or another. */
import { clockError, toHostMs } from './clock-fit.ts';
import type { ClockFit } from './clock-fit.ts';
import type { DeviceIdentity } from './device-data.ts';
import { NOTHING_READ, recallOrder } from './reading-order.ts';
import type { ReadingOrder } from './reading-order.ts';

/** More devices than a bridge has ports; whoever came by first is forgotten first. */
const DEVICES_MAX = 1_000;
/** Boots that are remembered of one serial number: of one device the last, of boards with the same number one each. */
const BOOTS_MAX = 4;
/** A fit from before the device was away is used while it is known that well, in ms; otherwise a new one is waited for. */
const RECALLED_ERROR_MS_MAX = 5;
/** Announcements of one boot that come through several ports are at most so far apart, in ms. */
const SAME_BOOT_MS = 1_000;

/** One device, by the serial number of its `=ID`, since the bridge started. */
export interface DeviceState {
  readonly serialNumber: string;
  /** The boot that was introduced last. */
  readonly boot: string;
  /** Readings that its sequence numbers say are missing: lost on the line, while unplugged, or before it said who it is. */
  readonly missing: number;
  /** Readings that came again. */
  readonly repeated: number;
  /** By how much its clock has moved ahead of the host's since it was first fitted in this boot, in ms. */
  readonly clockOffsetMs: number | undefined;
  /** How much faster its clock runs than the host's, in ppm. */
  readonly clockDriftPpm: number | undefined;
}

/** The last reading of a device that was believed: what outlives the bridge, to see what is missing after a restart. */
export interface LastReading extends Omit<DeviceIdentity, 'boot'> {
  /** Four upper-case hex digits. */
  readonly boot: string;
  /** 0–65535. */
  readonly seq: number;
  /** In ms since the boot, uint32. */
  readonly ticks: number;
}

/** What a session wants remembered. */
export interface Remembered {
  readonly order: ReadingOrder | undefined;
  readonly clock: ClockFit | undefined;
}

/** What is known of one boot of a device. Sessions of two ports on which the same boot speaks have the same record. */
export class DeviceRecord implements Remembered {
  readonly identity: DeviceIdentity;
  readonly #announcedMs: number | undefined;
  readonly #device: Device;
  #order: ReadingOrder | undefined;
  #clock: ClockFit | undefined;
  #firstOffsetMs: number | undefined;

  constructor(identity: DeviceIdentity, announcedMs: number | undefined, device: Device) {
    this.identity = identity;
    this.#announcedMs = announcedMs;
    this.#device = device;
  }

  get order(): ReadingOrder | undefined {
    return this.#order;
  }

  get clock(): ClockFit | undefined {
    return this.#clock;
  }

  /** See {@link DeviceState}. */
  get clockOffsetMs(): number | undefined {
    if (this.#clock === undefined || this.#firstOffsetMs === undefined) return undefined;
    return this.#firstOffsetMs - this.#clock.offsetMs;
  }

  /** True for the very boot of the very device. */
  isOf({ serialNumber, boot }: DeviceIdentity): boolean {
    return this.identity.boot === boot && this.identity.serialNumber === serialNumber;
  }

  /** True when a boot that was announced then, if it was, is this one, and not another with the same number. */
  isSince(announcedMs: number | undefined): boolean {
    if (announcedMs === undefined) return true;
    return this.#announcedMs !== undefined && announcedMs - this.#announcedMs <= SAME_BOOT_MS;
  }

  /** The clock fit, if it can still be trusted at `nowMs`. */
  clockAt(nowMs: number): ClockFit | undefined {
    const clock = this.#clock;
    if (clock === undefined) return undefined;
    const ageMs = Math.max(0, nowMs - toHostMs(clock, clock.atTicks));
    return clockError(clock, ageMs) <= RECALLED_ERROR_MS_MAX ? clock : undefined;
  }

  /** Takes over what an earlier start of the bridge knew. */
  recall(last: LastReading): void {
    this.#order = recallOrder(last);
  }

  /** Its last reading; `undefined` while there is none. */
  get last(): LastReading | undefined {
    const { last } = this.#order ?? {};
    return last && { ...this.identity, seq: last.seq, ticks: last.ticks };
  }

  /** Remembers what a session has learnt. */
  keep({ order, clock }: Remembered): void {
    this.#device.count(this, order);
    this.#order = order;
    // On another port the clock may be known already.
    this.#clock = clock ?? this.#clock;
    this.#firstOffsetMs ??= clock?.offsetMs;
  }
}

/** All boots of a device. */
class Device {
  readonly records: Map<string, DeviceRecord> = new Map();
  missing = 0;
  repeated = 0;
  readonly #changed: Set<DeviceRecord>;

  /** `changed` are, of all devices, the boots whose last reading is another one. */
  constructor(changed: Set<DeviceRecord>) {
    this.#changed = changed;
  }

  /** Counts what is new of a boot. */
  count(record: DeviceRecord, order: ReadingOrder = NOTHING_READ): void {
    const { order: before = NOTHING_READ } = record;
    if (order.last !== before.last) this.#changed.add(record);
    this.missing += order.missing - before.missing;
    this.repeated += order.repeated - before.repeated;
  }
}

/** All devices that have said who they are. It holds a bounded number of them, however many there are. */
export class DeviceRoster {
  readonly #devices = new Map<string, Device>();
  readonly #remembered: Map<string, LastReading>;
  readonly #changed = new Set<DeviceRecord>();

  /** `remembered` is what an earlier start of the bridge knew. */
  constructor(remembered: readonly LastReading[] = []) {
    this.#remembered = new Map(remembered.map((last) => [last.serialNumber, last]));
  }

  /** The last readings of all devices that have sent one since the last call. */
  takeLastReadings(): readonly LastReading[] {
    const readings = [...this.#changed].flatMap(({ last = [] }) => last);
    this.#changed.clear();
    return readings;
  }

  /**
   * What is known of the boot that an `=ID` has introduced. `announcedMs` says when it was announced on this port, if it
   * was: its counters began anew then, whatever is known of another boot with the same number.
   */
  recall(identity: DeviceIdentity, announcedMs: number | undefined): DeviceRecord {
    const { serialNumber, boot } = identity;
    const device = this.#devices.get(serialNumber) ?? new Device(this.#changed);
    putLast(this.#devices, serialNumber, device, DEVICES_MAX);
    const known = device.records.get(boot);
    const record =
      known?.isSince(announcedMs) === true
        ? known
        : new DeviceRecord(identity, announcedMs, device);
    putLast(device.records, boot, record, BOOTS_MAX);
    this.#recallLast(record, announcedMs);
    return record;
  }

  /** What was known before the start holds for who comes first, unless it has said on this port that it begins anew. */
  #recallLast(record: DeviceRecord, announcedMs: number | undefined): void {
    const { serialNumber, boot } = record.identity;
    const last = this.#remembered.get(serialNumber);
    this.#remembered.delete(serialNumber);
    if (last?.boot === boot && announcedMs === undefined) record.recall(last);
  }

  /** The devices; the one that was introduced last comes last. */
  get devices(): readonly DeviceState[] {
    return [...this.#devices].flatMap(([serialNumber, { records, missing, repeated }]) => {
      const last = [...records.values()].at(-1);
      if (last === undefined) return [];
      const { identity, clock, clockOffsetMs } = last;
      // The fit tells how much the host's clock gains on the device's; people ask how fast the device is.
      const clockDriftPpm = clock === undefined ? undefined : 0 - clock.driftPpm;
      return [
        { serialNumber, boot: identity.boot, missing, repeated, clockOffsetMs, clockDriftPpm },
      ];
    });
  }
}

/** Makes an entry the last one, and forgets the first when there are too many. */
function putLast<Value>(map: Map<string, Value>, key: string, value: Value, max: number): void {
  map.delete(key);
  map.set(key, value);
  const [first] = map.keys();
  if (map.size > max && first !== undefined) map.delete(first);
}
