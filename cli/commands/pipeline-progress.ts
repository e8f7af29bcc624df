import type { PipelineProgress } from '../../pipeline/index.ts';

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** What is being done, and how long all may still take: `audit, about 2 min left`. */
export function describeStep({ step, secondsLeft }: PipelineProgress): string {
  return secondsLeft === undefined ? step : `${step}, about ${roughly(secondsLeft)} left`;
}

/** The same with how much of all is done: `80 %: audit, about 2 min left`. */
export function describeProgress(progress: PipelineProgress): string {
  return `${Math.floor(progress.share * 100)} %: ${describeStep(progress)}`;
}

/**
 * Tells a log how far a long run is: gives a line when the last one is `everyMs` old. Time comes from the caller, in ms on
 * a clock that only goes forward.
 */
export class ProgressLines {
  readonly #everyMs: number;
  #toldMs: number;

  constructor(everyMs: number, nowMs: number) {
    this.#everyMs = everyMs;
    this.#toldMs = nowMs;
  }

  /** The line for now, if there is to be one. */
  at(progress: PipelineProgress, nowMs: number): string | undefined {
    if (nowMs - this.#toldMs < this.#everyMs) return undefined;
    this.#toldMs = nowMs;
    return describeProgress(progress);
  }
}

function roughly(seconds: number): string {
  if (seconds >= HOUR_S) return `${(seconds / HOUR_S).toFixed(1)} h`;
  if (seconds >= MINUTE_S) return `${Math.round(seconds / MINUTE_S)} min`;
  return `${Math.max(Math.round(seconds), 1)} s`;
}
