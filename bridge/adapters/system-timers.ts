import { ClockWatch } from '../core/clock-watch.ts';
import type { ClockStep } from '../core/clock-watch.ts';
import type { BridgeTimers } from '../ports.ts';

/** setTimeout takes at most this many ms. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;
/** How often the machine's clock is looked at, in ms. */
const LOOK_MS = 1_000;

/** The two clocks of a machine, in ms with fractions. */
export interface MachineClocks {
  /** Counts evenly from any start; nobody can set it. */
  monotonicMs(): number;
  /** Epoch ms, as the machine's clock shows it now. */
  wallMs(): number;
}

/** How timers of the machine are set up. */
export interface SystemTimersOptions {
  /** Those of this machine, if not given. */
  readonly clocks?: MachineClocks;
  /** Told when the machine's clock was set, and stayed so. */
  readonly onClockStep?: (step: ClockStep) => void;
}

const MACHINE: MachineClocks = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
};

/** The clock and the timers of the machine. Intervals run evenly, whoever sets the machine's clock. */
export class SystemTimers implements BridgeTimers {
  readonly #timeouts = new Set<NodeJS.Timeout>();
  readonly #clocks: MachineClocks;
  readonly #startMs: number;
  readonly #watch: ClockWatch;
  readonly #onClockStep: (step: ClockStep) => void;
  readonly #looking: NodeJS.Timeout;
  #clockSetMs = 0;
  #clockSteps = 0;

  constructor({ clocks = MACHINE, onClockStep = () => undefined }: SystemTimersOptions = {}) {
    this.#clocks = clocks;
    this.#onClockStep = onClockStep;
    this.#startMs = clocks.wallMs() - clocks.monotonicMs();
    this.#watch = new ClockWatch(this.now(), clocks.wallMs());
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    // Whoever has nothing else to do may end.
    this.#looking.unref();
  }

  /** Epoch ms with fractions by the clock at the start; never goes back, and never jumps while the process runs. */
  now(): number {
    return this.#startMs + this.#clocks.monotonicMs();
  }

  /** What the machine's clock was set by since the start, in ms. */
  get clockSetMs(): number {
    return this.#clockSetMs;
  }

  /** How often the machine's clock was set since the start. */
  get clockSteps(): number {
    return this.#clockSteps;
  }

  at(timeMs: number, action: () => void): void {
    const waitMs = Math.min(Math.max(0, timeMs - this.now()), TIMEOUT_MS_MAX);
    const timeout = setTimeout(() => {
      this.#timeouts.delete(timeout);
      action();
    }, waitMs);
    this.#timeouts.add(timeout);
  }

  /** Forgets everything that was to be done. */
  stop(): void {
    clearInterval(this.#looking);
    for (const timeout of this.#timeouts) clearTimeout(timeout);
    this.#timeouts.clear();
  }

  #look(): void {
    const step = this.#watch.look(this.now(), this.#clocks.wallMs());
    if (step === undefined) return;
    this.#clockSetMs = step.setMs;
    this.#clockSteps++;
    this.#onClockStep(step);
  }
}
