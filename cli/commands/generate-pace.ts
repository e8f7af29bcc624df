/** How fast rows are made, and how long it will go on, in words. */

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** Measures from its making on; `now` is a clock in ms that only goes forward. */
export class Pace {
  readonly #now: () => number;
  readonly #startMs: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#startMs = now();
  }

  /** Such as `14.2 M rows, 1.1 M rows/s, 1 min 20 s left`; `share` of the work is done, above 0 and up to 1. */
  describe(rows: number, share: number): string {
    const seconds = (this.#now() - this.#startMs) / 1_000;
    const pace = seconds > 0 ? `, ${millions(rows / seconds)} rows/s` : '';
    return `${millions(rows)} rows${pace}, ${duration((seconds * (1 - share)) / share)} left`;
  }
}

function millions(value: number): string {
  return `${(value / 1e6).toFixed(1)} M`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole >= HOUR_S) {
    return `${Math.floor(whole / HOUR_S)} h ${Math.floor((whole % HOUR_S) / MINUTE_S)} min`;
  }
  if (whole >= MINUTE_S) return `${Math.floor(whole / MINUTE_S)} min ${whole % MINUTE_S} s`;
  return `${whole} s`;
}
