/** A process in virtual time: once it is killed, none of its timers fires and nothing that it waits for comes. */
import type { BridgeTimers } from '../../../bridge/index.ts';
import type { VirtualTime } from '../../../simulator/index.ts';
import { SystemFailure } from './system-failure.ts';

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

  /** @throws SystemFailure when the process is dead: it can do nothing any more */
  check(): void {
    if (!this.#isAlive) throw new SystemFailure('ESRCH', 'this process is dead');
  }

  /** What it has of the clock and of timers. */
  get timers(): BridgeTimers {
    return {
      now: () => this.machine.now() + this.#clock.offsetMs,
      at: (timeMs, action) => {
        this.machine.at(timeMs - this.#clock.offsetMs, () => {
          if (this.#isAlive) action();
        });
      },
    };
  }
}
