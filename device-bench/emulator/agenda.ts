/** What the world outside of a chip has to do, and when. */

interface Entry {
  readonly cycle: number;
  readonly action: () => void;
}

/**
 * Actions by the clock cycle at which they are due; those of one cycle in the order in which they were planned. There
 * are a handful at a time: bytes on their way and alarms of the host.
 */
export class Agenda {
  /** The cycle of the next action, `Infinity` without any. A field, because it is looked at in each cycle. */
  nextCycle: number = Infinity;
  /** Latest first. */
  readonly #entries: Entry[] = [];

  plan(cycle: number, action: () => void): void {
    let index = this.#entries.length;
    while (index > 0 && (this.#entries[index - 1] as Entry).cycle <= cycle) index--;
    this.#entries.splice(index, 0, { cycle, action });
    this.#look();
  }

  /** Does the next action. */
  runNext(): void {
    const next = this.#entries.pop();
    this.#look();
    next?.action();
  }

  #look(): void {
    this.nextCycle = this.#entries.at(-1)?.cycle ?? Infinity;
  }
}
