/** Waits for what deeds come to: a verdict that knows of a deed is held against the last one that did not. */
import type { Deed } from '../api.ts';
import { tellEffect } from '../judge/index.ts';
import type { DoneDeed, Judged } from '../judge/index.ts';

/** Verdicts after which a deed of which nothing is to be seen is forgotten. */
const PATIENCE = 60;

interface Awaited {
  readonly done: DoneDeed;
  /** What was done, as the story tells it. */
  readonly text: string;
  before: Judged;
  patience: number;
}

/** The deeds whose effects are awaited, one for each switch. */
export class Effects {
  readonly #awaited = new Map<string, Awaited>();
  #judged: Judged | undefined;

  /** Waits for what a deed comes to. Before the first verdict there is nothing to hold it against. */
  await(done: DoneDeed, text: string): void {
    const before = this.#judged;
    const key = keyOf(done.deed);
    this.#awaited.delete(key);
    if (before !== undefined) this.#awaited.set(key, { done, text, before, patience: PATIENCE });
  }

  /** Takes a verdict, and gives the sentences that can be told now. */
  take(judged: Judged): string[] {
    this.#judged = judged;
    const told: string[] = [];
    for (const [key, awaited] of this.#awaited) {
      const effect = tellEffect(awaited.done, awaited.before, judged);
      if (effect !== undefined) told.push(`${awaited.text}: ${effect}`);
      if (effect !== undefined || --awaited.patience === 0) this.#awaited.delete(key);
      // What the website writes takes effect at once: until it has landed, more data of before comes in.
      else if (['consent', 'serials'].includes(awaited.done.deed.do)) awaited.before = judged;
    }
    return told;
  }
}

/** What a deed switches: doing it the other way round makes an end of waiting. */
function keyOf(deed: Deed): string {
  switch (deed.do) {
    case 'consent':
      return `consent:${deed.person}`;
    case 'unplug':
    case 'garble':
    case 'swap':
      return `${deed.do}:${deed.station}`;
    default:
      return deed.do;
  }
}
