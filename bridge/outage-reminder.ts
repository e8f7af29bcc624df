/** Says again what is away, for those who read the log from where it is now. */
import type { NoticePart, OnNotice } from './notice.ts';
import type { BridgeTimers } from './ports.ts';
import { plural } from './wording.ts';

const MINUTE_MS = 60_000;
const EVERY_MS = 10 * MINUTE_MS;
const LOOK_MS = 30_000;

/** What may be away, and what the last attempt failed with; `undefined` while it is there. */
export type Outages = Readonly<Partial<Record<NoticePart, string | undefined>>>;

/** How somebody is reminded. */
export interface OutageReminderOptions {
  readonly outages: () => Outages;
  readonly timers: BridgeTimers;
  readonly onNotice: OnNotice;
}

/** Reminds of each outage every ten minutes, for as long as it lasts. */
export class OutageReminder {
  readonly #options: OutageReminderOptions;
  readonly #since = new Map<NoticePart, { readonly sinceMs: number; told: number }>();
  #isOver = false;

  constructor(options: OutageReminderOptions) {
    this.#options = options;
  }

  /** Looks, and goes on looking. */
  begin(): void {
    if (this.#isOver) return;
    const { outages, timers } = this.#options;
    for (const [part, failure] of Object.entries(outages()) as [NoticePart, string | undefined][]) {
      if (failure === undefined) this.#since.delete(part);
      else this.#remind(part, failure);
    }
    timers.at(timers.now() + LOOK_MS, () => this.begin());
  }

  /** Says nothing more. */
  end(): void {
    this.#isOver = true;
  }

  #remind(part: NoticePart, failure: string): void {
    const nowMs = this.#options.timers.now();
    const outage = this.#since.get(part) ?? { sinceMs: nowMs, told: 0 };
    this.#since.set(part, outage);
    const times = Math.floor((nowMs - outage.sinceMs) / EVERY_MS);
    if (times <= outage.told) return;
    outage.told = times;
    const minutes = plural((times * EVERY_MS) / MINUTE_MS, 'minute');
    const text = `For ${minutes} now: ${failure}`;
    this.#options.onNotice({ level: 'warn', part, text });
  }
}
