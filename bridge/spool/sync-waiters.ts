/** Those who wait for the next step of a loop of syncs. */
export class SyncWaiters {
  #waiters: (() => void)[] = [];

  /** Resolves at the next `wake`. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => void this.#waiters.push(resolve));
  }

  wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }
}
