/** Which device is where: it comes, comes back, moves, starts again, speaks on two ports, or shares its number with another. */
import type { DeviceIdentity } from './device-data.ts';

/** A device that is idle speaks every 5 s: within that, and a bit more, one that is there was heard. */
const HEARD_MS_MAX = 6_000;

/** A port that is open, and who was heard on it last. */
export interface HeardPort {
  readonly path: string;
  readonly identity: DeviceIdentity | undefined;
  /** When a line came last that was no garbage. */
  readonly heardMs: number | undefined;
}

/** What became of a device. */
export type DeviceEvent =
  /** It was never there before, is back in the same boot, or has started again since. */
  | {
      readonly kind: 'came' | 'came-back' | 'restarted';
      readonly path: string;
      readonly identity: DeviceIdentity;
      /** Where it was before, if that was another port. */
      readonly fromPath: string | undefined;
    }
  /** The same boot speaks on several ports: they have a common line. */
  | {
      readonly kind: 'same-device';
      readonly serialNumber: string;
      readonly paths: readonly string[];
    }
  /** Several devices have one serial number. */
  | {
      readonly kind: 'same-number';
      readonly serialNumber: string;
      readonly paths: readonly string[];
    };

interface Sighting {
  readonly identity: DeviceIdentity;
  readonly sinceMs: number;
}

/** Follows devices from port to port by the serial numbers that they give. */
export class DeviceWhereabouts {
  /** Who is on each port, and where each device was seen last. */
  readonly #onPort = new Map<string, Sighting>();
  readonly #lastSeen = new Map<string, { readonly path: string; readonly boot: string }>();
  readonly #told = new Map<string, string>();

  /** Looks at all open ports; tells what has changed since the last time. */
  look(ports: readonly HeardPort[], nowMs: number): readonly DeviceEvent[] {
    const open = new Set(ports.map(({ path }) => path));
    for (const path of this.#onPort.keys()) if (!open.has(path)) this.#onPort.delete(path);
    return [...ports.flatMap((port) => this.#meet(port, nowMs)), ...this.#compare(ports, nowMs)];
  }

  #meet({ path, identity }: HeardPort, nowMs: number): readonly DeviceEvent[] {
    const before = this.#onPort.get(path)?.identity;
    // Between a boot and the answer to ID? nobody is known.
    if (identity === undefined || isSame(identity, before)) return [];
    const { serialNumber, boot } = identity;
    const last = this.#lastSeen.get(serialNumber);
    this.#onPort.set(path, { identity, sinceMs: nowMs });
    this.#lastSeen.set(serialNumber, { path, boot });
    const fromPath = last?.path === path ? undefined : last?.path;
    const kind = last === undefined ? 'came' : last.boot === boot ? 'came-back' : 'restarted';
    return [{ kind, path, identity, fromPath }];
  }

  #compare(ports: readonly HeardPort[], nowMs: number): readonly DeviceEvent[] {
    const events: DeviceEvent[] = [];
    const groups = new Map<string, HeardPort[]>();
    for (const port of ports) {
      const number = port.identity?.serialNumber;
      if (number !== undefined) groups.set(number, [...(groups.get(number) ?? []), port]);
    }
    for (const [serialNumber, group] of groups) {
      const event = this.#compareGroup(serialNumber, group, nowMs);
      if (event !== undefined) events.push(event);
    }
    for (const number of this.#told.keys()) {
      if ((groups.get(number)?.length ?? 0) < 2) this.#told.delete(number);
    }
    return events;
  }

  /** Only who was heard on each port since the others are known is on all of them, and not on its way from one to another. */
  #compareGroup(
    serialNumber: string,
    group: readonly HeardPort[],
    nowMs: number,
  ): DeviceEvent | undefined {
    if (group.length < 2) return undefined;
    const sinceMs = Math.max(...group.map(({ path }) => this.#onPort.get(path)?.sinceMs ?? nowMs));
    const isThere = ({ heardMs = -1 }: HeardPort): boolean =>
      heardMs > sinceMs && nowMs - heardMs <= HEARD_MS_MAX;
    const there = group.filter(isThere);
    if (there.length < 2) return undefined;
    const paths = there.map(({ path }) => path).toSorted();
    const boots = new Set(there.map(({ identity }) => identity?.boot));
    const kind = boots.size === 1 ? 'same-device' : 'same-number';
    const key = [kind, ...paths].join('\n');
    if (this.#told.get(serialNumber) === key) return undefined;
    this.#told.set(serialNumber, key);
    return { kind, serialNumber, paths };
  }
}

function isSame(one: DeviceIdentity, other: DeviceIdentity | undefined): boolean {
  return one.boot === other?.boot && one.serialNumber === other.serialNumber;
}
