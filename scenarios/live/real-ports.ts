import type { RunningBridge, SerialPortStatus } from '../../bridge/index.ts';
import type { LiveSerial } from './live-serial.ts';

/** The ports of real devices that have joined a run. */
export class RealPorts {
  readonly #bridge: Pick<RunningBridge, 'ports'>;
  readonly #serial: Pick<LiveSerial, 'owns'>;
  /** In the order in which they appeared. */
  readonly #paths: string[] = [];

  constructor(bridge: Pick<RunningBridge, 'ports'>, serial: Pick<LiveSerial, 'owns'>) {
    this.#bridge = bridge;
    this.#serial = serial;
  }

  /** How they are now, each at the place that it got when it appeared; what is gone waits. */
  get list(): readonly SerialPortStatus[] {
    const ports = this.#bridge.ports.filter(({ path }) => !this.#serial.owns(path));
    for (const { path } of ports) if (!this.#paths.includes(path)) this.#paths.push(path);
    return this.#paths.map(
      (path) =>
        ports.find((port) => port.path === path) ?? { path, state: 'waiting', session: undefined },
    );
  }

  /** True while there is a device on any of them. */
  get isAnyOpen(): boolean {
    return this.list.some(({ state }) => state === 'open');
  }
}
