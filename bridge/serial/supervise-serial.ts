import type { AttachedPort, Bridge } from '../bridge.ts';
import { DeviceWhereabouts } from '../core/device-whereabouts.ts';
import type { DeviceEvent, HeardPort } from '../core/device-whereabouts.ts';
import type { SerialReject } from '../core/session-events.ts';
import type { HostStatus } from '../host-session.ts';
import type { OnNotice } from '../notice.ts';
import type { BridgeTimers } from '../ports.ts';
import {
  noticeOfAbsence,
  noticeOfDevice,
  noticeOfHold,
  noticeOfNoise,
  noticeOfPort,
  noticeOfRelease,
  warn,
} from './serial-notices.ts';
import { AUTO, machinePorts } from './serial-world.ts';
import type { SerialWorld } from './serial-world.ts';
import { SupervisedPort } from './supervised-port.ts';
import type { PortChange, PortState } from './supervised-port.ts';

/** How often the machine is looked at, in ms. */
const POLL_MS = 1_000;
/** How long devices may take to stop, in ms: an answer takes 250, and a command is tried three times. */
const REST_MS = 1_000;
const REST_POLL_MS = 20;
/** So many lines of noise and nothing else are no accident. */
const NOISE_LINES = 20;
const NOISE: readonly SerialReject[] = ['garbled-line', 'line-cut-off', 'not-json'];

/** What happens to serial ports. */
export type SerialEvent = { readonly kind: 'port'; readonly change: PortChange } | DeviceEvent;

/** What is supervised, and for whom. */
export interface SuperviseSerialOptions {
  /** Paths, patterns such as `/dev/ttyUSB*`, or `auto` for all USB serial ports. */
  readonly ports: readonly string[];
  readonly baudRate: number;
  readonly bridge: Pick<Bridge, 'attach'>;
  readonly timers: BridgeTimers;
  readonly onNotice: OnNotice;
  readonly onEvent?: (event: SerialEvent) => void;
  /** How often to look, in ms; a second if not given. */
  readonly pollMs?: number;
  /** The ports of this machine, if not given. */
  readonly world?: SerialWorld;
}

/** One port as it is now. */
export interface SerialPortStatus {
  readonly path: string;
  readonly state: PortState;
  /** What is known of its device; `undefined` while the port is not open. */
  readonly session: HostStatus | undefined;
}

/** Serial ports that are supervised. */
export interface SerialSupervisor {
  readonly status: {
    readonly ports: readonly SerialPortStatus[];
    /** Ports that were named by their path, are not open, and are not open under another name. */
    readonly absent: readonly string[];
  };
  /**
   * Opens nothing more from now on, whatever appears. Resolves when every device that was told to stop has said that it
   * has, or had the time to.
   */
  rest(): Promise<void>;
  /** Gives all ports back, and looks no more. Devices are not stopped: that is for the bridge to do before. */
  close(): Promise<void>;
}

/** Opens the ports that are there, waits for those that are not, and opens again what comes back. */
export function superviseSerial(options: SuperviseSerialOptions): SerialSupervisor {
  const supervisor = new Supervisor(options);
  supervisor.begin();
  return supervisor;
}

class Supervisor implements SerialSupervisor {
  readonly #options: SuperviseSerialOptions;
  readonly #world: SerialWorld;
  readonly #ports = new Map<string, SupervisedPort>();
  readonly #whereabouts = new DeviceWhereabouts();
  readonly #noisy = new Set<string>();
  /** Ports whose device had to be stopped, as the store was full. */
  readonly #held = new Set<string>();
  #looking: Promise<void> = Promise.resolve();
  #isFirstLook = true;
  #isResting = false;

  constructor(options: SuperviseSerialOptions) {
    this.#options = options;
    this.#world =
      options.world ??
      machinePorts(() =>
        options.onNotice(
          warn(
            'The system cannot list its serial ports: only /dev/ttyUSB* and /dev/ttyACM* are looked at.',
          ),
        ),
      );
  }

  get status(): SerialSupervisor['status'] {
    const ports = [...this.#ports.values()].map((port) => ({
      path: port.path,
      state: port.state,
      session: port.attached?.status,
    }));
    const absent = ports
      .filter(({ path, state }) => state !== 'open' && this.#isNamed(path))
      .map(({ path }) => path);
    return { ports, absent };
  }

  begin(): void {
    this.#looking = this.#look();
  }

  async rest(): Promise<void> {
    // A port that is opened now would get its device started, after all the others were told to stop.
    this.#isResting = true;
    for (const port of this.#ports.values()) port.openNoMore();
    const { timers } = this.#options;
    const endMs = timers.now() + REST_MS;
    while (this.#isAnyBusy && timers.now() < endMs) {
      await new Promise<void>((resolve) => timers.at(timers.now() + REST_POLL_MS, resolve));
    }
  }

  async close(): Promise<void> {
    this.#isResting = true;
    await this.#looking;
    await Promise.all([...this.#ports.values()].map((port) => port.close()));
  }

  get #isAnyBusy(): boolean {
    return [...this.#ports.values()].some(({ attached }) => (attached?.status.rateHz ?? 0) > 0);
  }

  async #look(): Promise<void> {
    const { ports: entries, timers, pollMs = POLL_MS } = this.#options;
    const found = await Promise.all(entries.map((entry) => this.#world.find(entry)));
    const paths = [...new Set(found.flat())];
    const targets = await Promise.all(paths.map((path) => this.#world.target(path)));
    if (this.#isResting) return;
    this.#lookAtPorts(new Map(paths.map((path, index) => [path, targets[index]])));
    if (this.#isFirstLook) {
      const isThere = (path: string): boolean => targets[paths.indexOf(path)] !== undefined;
      const absent = entries.filter((_, index) => !(found[index] ?? []).some(isThere));
      for (const entry of absent) this.#options.onNotice(noticeOfAbsence(entry));
      this.#isFirstLook = false;
    }
    this.#lookAtDevices();
    timers.at(timers.now() + pollMs, () => {
      if (!this.#isResting) this.#looking = this.#look();
    });
  }

  #lookAtPorts(targets: ReadonlyMap<string, string | undefined>): void {
    for (const path of targets.keys()) {
      if (!this.#ports.has(path)) this.#ports.set(path, this.#supervise(path));
    }
    for (const [path, port] of this.#ports) {
      const target = targets.get(path);
      const isAlias = target !== undefined && this.#isHeldByOther(port, target);
      if (!isAlias) port.look(target);
      // What a pattern has found and is gone is nobody's any more.
      if (port.holds === undefined && (isAlias || !targets.has(path))) this.#ports.delete(path);
    }
  }

  /** One port has several names: it is open under one of them. */
  #isHeldByOther(port: SupervisedPort, target: string): boolean {
    if (port.holds !== undefined) return false;
    return [...this.#ports.values()].some((other) => other !== port && other.holds === target);
  }

  #supervise(path: string): SupervisedPort {
    const { baudRate, bridge, onNotice, onEvent } = this.#options;
    return new SupervisedPort({
      path,
      baudRate,
      world: this.#world,
      bridge,
      onChange: (change) => {
        if (change.state !== 'open') this.#forget(path);
        const notice = noticeOfPort(change);
        if (notice !== undefined) onNotice(notice);
        onEvent?.({ kind: 'port', change });
      },
    });
  }

  #lookAtDevices(): void {
    const { timers, onNotice, onEvent } = this.#options;
    const heard = [...this.#ports.values()].flatMap(({ path, attached }): HeardPort[] => {
      if (attached === undefined) return [];
      const { status } = attached;
      this.#lookForNoise(path, status);
      this.#lookForRoom(path, attached);
      return [{ path, identity: status.identity, heardMs: status.heardMs }];
    });
    for (const event of this.#whereabouts.look(heard, timers.now())) {
      onNotice(noticeOfDevice(event));
      onEvent?.(event);
    }
  }

  #lookForNoise(path: string, { rejects, heardMs }: HostStatus): void {
    const noise = NOISE.reduce((sum, reason) => sum + (rejects[reason] ?? 0), 0);
    if (heardMs !== undefined || noise < NOISE_LINES || this.#noisy.has(path)) return;
    this.#noisy.add(path);
    this.#options.onNotice(noticeOfNoise(path, this.#options.baudRate));
  }

  /** Told when it is over as well, with what it has cost. */
  #lookForRoom(path: string, { status, discardedLines }: AttachedPort): void {
    const isHeld = status.isHeld;
    if (isHeld === this.#held.has(path)) return;
    if (isHeld) this.#held.add(path);
    else this.#held.delete(path);
    this.#options.onNotice(isHeld ? noticeOfHold(path) : noticeOfRelease(path, discardedLines));
  }

  #forget(path: string): void {
    this.#noisy.delete(path);
    this.#held.delete(path);
  }

  #isNamed(path: string): boolean {
    return path !== AUTO && this.#options.ports.includes(path);
  }
}
