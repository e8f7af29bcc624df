/** Serial ports of a machine that does not exist, supervised under virtual time. */
import { BridgeError } from '../../../bridge/bridge-error.ts';
import type { BridgeErrorCode } from '../../../bridge/bridge-error.ts';
import type { AttachedPort } from '../../../bridge/bridge.ts';
import type { HostStatus } from '../../../bridge/host-session.ts';
import type { CloseReason, SerialChannel } from '../../../bridge/adapters/serial-port.ts';
import { superviseSerial } from '../../../bridge/serial/supervise-serial.ts';
import type { SerialSupervisor } from '../../../bridge/serial/supervise-serial.ts';
import type { SerialWorld } from '../../../bridge/serial/serial-world.ts';
import { matchesPattern } from '../../../bridge/core/port-pattern.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const START_MS = 1_655_553_600_000;
const POLL_MS = 1_000;

/** A session of which nothing is known. */
const QUIET: HostStatus = {
  phase: 'settling',
  identity: undefined,
  clock: undefined,
  clockOffsetMs: undefined,
  rateHz: 0,
  isHeld: false,
  lines: 0,
  rejects: {},
  heardMs: undefined,
};

/** A port that was opened, and what the bridge made of it. */
export class OpenedPort implements SerialChannel, AttachedPort {
  readonly path: string;
  readonly target: string;
  status: HostStatus = QUIET;
  discardedLines = 0;
  isOpen = true;
  readonly #listeners: ((reason: CloseReason) => void)[] = [];

  constructor(path: string, target: string) {
    this.path = path;
    this.target = target;
  }

  write(): void {}

  onData(): void {}

  onClose(listener: (reason: CloseReason) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.end({ disconnected: false });
  }

  /** Somebody pulls the cable. */
  lose(): void {
    this.end({ disconnected: true });
  }

  end(reason: CloseReason): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const listener of this.#listeners) listener(reason);
  }
}

/** A machine: names of ports, what they lead to, and what keeps them from being opened. */
export class FakePorts {
  readonly time: VirtualTime = new VirtualTime(START_MS);
  readonly names: Map<string, string> = new Map();
  readonly failures: Map<string, BridgeErrorCode> = new Map();
  /** Every attempt to open a port, by its target. */
  readonly attempts: string[] = [];
  readonly opened: OpenedPort[] = [];
  readonly notices: string[] = [];
  supervisor: SerialSupervisor | undefined;
  #opening: Promise<void> = Promise.resolve();

  /** Names of which each is a port of its own. */
  plug(...names: readonly string[]): void {
    for (const name of names) this.names.set(name, name);
  }

  /** The names are gone, and what was open has ended. */
  unplug(...names: readonly string[]): void {
    for (const name of names) {
      const target = this.names.get(name);
      this.names.delete(name);
      for (const port of this.open) if (port.target === target) port.lose();
    }
  }

  /** The ports that are open. */
  get open(): readonly OpenedPort[] {
    return this.opened.filter(({ isOpen }) => isOpen);
  }

  /** The names under which they are. */
  get openPaths(): readonly string[] {
    return this.open.map(({ path }) => path).toSorted();
  }

  /** Begins to supervise, and looks once. */
  async supervise(...ports: readonly string[]): Promise<SerialSupervisor> {
    this.supervisor = superviseSerial({
      ports,
      baudRate: 57_600,
      bridge: { attach: (channel) => channel as OpenedPort },
      timers: this.time,
      onNotice: ({ text }) => this.notices.push(text),
      pollMs: POLL_MS,
      world: this.world,
    });
    await this.looks(0);
    return this.supervisor;
  }

  /** Whoever opens a port waits until it is released. */
  holdOpenings(): { readonly release: () => void } {
    let release = (): void => undefined;
    this.#opening = new Promise((resolve) => (release = resolve));
    return { release: () => release() };
  }

  /** Lets it look so often. */
  async looks(count: number): Promise<void> {
    await settled();
    for (let look = 0; look < count; look++) {
      this.time.run(this.time.now() + POLL_MS, 1_000);
      await settled();
    }
  }

  /** What was said since the last time. */
  said(): readonly string[] {
    return this.notices.splice(0);
  }

  readonly world: SerialWorld = {
    find: async (entry) => {
      if (!entry.includes('*')) return [entry];
      const pattern = entry.replace('/dev/', '');
      return [...this.names.keys()].filter((name) =>
        matchesPattern(name.replace('/dev/', ''), pattern),
      );
    },
    target: async (path) => this.names.get(path),
    open: async ({ path }) => {
      const target = this.names.get(path) ?? '';
      this.attempts.push(target);
      const code = this.failures.get(target);
      if (code !== undefined) throw new BridgeError(code, `${path}: ${code}.`);
      await this.#opening;
      const port = new OpenedPort(path, target);
      this.opened.push(port);
      return port;
    },
  };
}

/** Everything that only waits for other promises has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
