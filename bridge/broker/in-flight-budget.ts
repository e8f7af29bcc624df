/** Somebody who waits for room in the budget. */
export interface BudgetWaiter {
  /** There may be room now: ask again. */
  onRoom(): void;
}

/** Waiters are called when this share is free again, so that each gets more than one message at a time. */
const ROOM_SHARE = 0.125;

/** Bounds what all connections have in flight together. Whoever gets none waits in line. */
export class InFlightBudget {
  readonly #limit: number;
  readonly #waiting = new Set<BudgetWaiter>();
  #used = 0;
  #isWaking = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What is in flight. */
  get used(): number {
    return this.#used;
  }

  /** Takes `cost` when there is room; a single message that is larger than all there is may go alone. */
  take(cost: number): boolean {
    if (this.#used > 0 && this.#used + cost > this.#limit) return false;
    this.#used += cost;
    return true;
  }

  /** Gives back what was taken, and calls those who wait. */
  release(cost: number): void {
    this.#used -= cost;
    if (this.#waiting.size === 0 || this.#isWaking || !this.#hasRoom()) return;
    this.#isWaking = true;
    setImmediate(() => this.#wake());
  }

  /** Gets in line; no effect for one who is in it. */
  wait(waiter: BudgetWaiter): void {
    this.#waiting.add(waiter);
  }

  /** Leaves the line. */
  leave(waiter: BudgetWaiter): void {
    this.#waiting.delete(waiter);
  }

  #hasRoom(): boolean {
    return this.#used <= this.#limit * (1 - ROOM_SHARE);
  }

  #wake(): void {
    this.#isWaking = false;
    const line = Array.from(this.#waiting);
    for (const waiter of line) {
      if (!this.#hasRoom()) return;
      this.#waiting.delete(waiter);
      waiter.onRoom();
    }
  }
}
