/** Metrics with a label for each device would grow with every device that ever came by. */

/** How many devices have a label of their own. */
export const DEVICES_MAX = 200;
/** The label of all other devices. */
export const OTHER_DEVICES = 'other';

/** Gives the first devices a label of their own, for as long as the process runs; the rest share one. */
export class DeviceLabels {
  readonly #known = new Set<string>();

  /** The label for a device. */
  of(device: string): string {
    if (this.#known.has(device)) return device;
    if (this.#known.size >= DEVICES_MAX) return OTHER_DEVICES;
    this.#known.add(device);
    return device;
  }

  /** Brings values under the labels of their devices; `join` makes one of two that share a label. */
  gather<Value>(
    values: readonly (readonly [device: string, value: Value])[],
    join: (first: Value, second: Value) => Value,
  ): ReadonlyMap<string, Value> {
    const gathered = new Map<string, Value>();
    for (const [device, value] of values) {
      const label = this.of(device);
      const before = gathered.get(label);
      gathered.set(label, before === undefined ? value : join(before, value));
    }
    return gathered;
  }
}
