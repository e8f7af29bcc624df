/** The clock of the world between two messages about it, so that time on the page flows and does not jump. */

/** Further off than this, in real ms, the clock jumps; nearer it is led back gently. */
const JUMP_MS = 600;
/** What part of a small difference each message takes away. */
const LEAD = 0.15;

/** What a message says. Real times are of any clock that never goes back, in ms. */
export interface ClockReading {
  readonly worldMs: number;
  readonly realMs: number;
  /** World ms that pass in a real one; 0 when the world stands still. */
  readonly speed: number;
}

/** Follows a world whose speed changes. */
export class WorldClock {
  #anchor: ClockReading | undefined;

  /** Takes in a message. */
  follow(reading: ClockReading): void {
    const before = this.#anchor;
    if (before === undefined || before.speed !== reading.speed || reading.speed === 0) {
      this.#anchor = reading;
      return;
    }
    const expected = this.at(reading.realMs) ?? reading.worldMs;
    const difference = reading.worldMs - expected;
    const isFar = Math.abs(difference) > JUMP_MS * reading.speed;
    this.#anchor = { ...reading, worldMs: expected + (isFar ? difference : LEAD * difference) };
  }

  /** Forgets everything, for another run. */
  reset(): void {
    this.#anchor = undefined;
  }

  /** The world's time at a real time; `undefined` before the first message. */
  at(realMs: number): number | undefined {
    if (this.#anchor === undefined) return undefined;
    return this.#anchor.worldMs + (realMs - this.#anchor.realMs) * this.#anchor.speed;
  }

  /** World ms that pass in a real one. */
  get speed(): number {
    return this.#anchor?.speed ?? 0;
  }
}
