/** A process in virtual time: once it is killed, none of its timers fires and nothing that it waits for comes. */
import type { BridgeTimers } from '../../../bridge/index.ts';
import type { VirtualTime } from '../../../simulator/index.ts';

/** The machine on which processes run: its time never jumps. */
export type Machine = Pick<VirtualTime, 'now' | 'at'>;

/** The clock on the machine's wall, which somebody may set. */
export interface WallClock {
  /** What it shows more than true time, in ms. */
  offsetMs: number;
}

/** One life of the bridge. */
export class SimProcess {
  readonly machine: Machine;
  readonly #clock: WallClock;
  #isAlive = true;

  constructor(machine: Machine, clock: WallClock) {
    this.machine = machine;
    this.#clock = clock;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Ends it in the middle of whatever it does. */
  kill(): void {
    this.#isAlive = false;
  }

  /** What it has of the clock and of timers. */
  get timers(): BridgeTimers {
    const { machine } = this;
    const clock = this.#clock;
    return {
      now: () => machine.now(),
      at: (timeMs, action) =>
        machine.at(timeMs, () => {
          if (this.#isAlive) action();
        }),
      get clockSetMs() {
        return clock.offsetMs;
      },
    };
  }
}
