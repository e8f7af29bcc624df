/** How far a search for a smaller scenario is: one moving line on a terminal, a line for each change in a log. */
import { clearLine, cursorTo } from 'node:readline';
import type { ShrinkPhase, ShrinkProgress } from '../scenarios/index.ts';
import { formatSeconds } from './sweep-progress.ts';
import { printNote } from './terminal.ts';

/** Shows where a search is. */
export interface ShrinkDisplay {
  tell(at: ShrinkProgress): void;
  stop(): void;
}

const TRIED: Readonly<Record<ShrinkPhase, string>> = {
  'whole run': 'running the whole scenario',
  people: 'leaving people out',
  devices: 'leaving trainers and phones out',
  time: 'leaving time out',
  faults: 'leaving faults out',
  values: 'making values plainer',
  proof: 'running what is left, to write it down',
};

/** The progress for stderr as it is: a terminal or a log. */
export function openShrinkProgress(): ShrinkDisplay {
  return process.stderr.isTTY === true ? new ShrinkLine(process.stderr) : new ShrinkLog(printNote);
}

/** What is tried, and what is left: `leaving time out · left: 1 person, no fault, 8 min of the world · 7 runs so far`. */
export function tellShrink({ phase, runs, people, faults, durationMs }: ShrinkProgress): string {
  const left = [
    count(people, 'person', 'people'),
    count(faults, 'fault', 'faults'),
    // Not a time to wait: the search never knows how long it takes.
    `${formatSeconds(durationMs / 1_000).replace(' min 0 s', ' min')} of the world`,
  ];
  return `${TRIED[phase]} · left: ${left.join(', ')} · ${count(runs, 'run', 'runs')} so far`;
}

function count(number: number, one: string, many: string): string {
  if (number === 0) return `no ${one}`;
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** A line that is written over. */
export class ShrinkLine implements ShrinkDisplay {
  readonly #stream: NodeJS.WriteStream;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  tell(at: ShrinkProgress): void {
    this.#clear();
    this.#stream.write(tellShrink(at).slice(0, Math.max(20, (this.#stream.columns || 80) - 1)));
    this.#isShown = true;
  }

  stop(): void {
    this.#clear();
    this.#isShown = false;
  }

  #clear(): void {
    if (!this.#isShown) return;
    clearLine(this.#stream, 0);
    cursorTo(this.#stream, 0);
  }
}

/** Plain lines: the first of each stage, and of a later round only what is smaller than before. */
export class ShrinkLog implements ShrinkDisplay {
  readonly #print: (line: string) => void;
  readonly #told = new Set<string>();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  tell(at: ShrinkProgress): void {
    const { phase, people, faults, durationMs } = at;
    const key = this.#told.has(phase) ? `${people} ${faults} ${durationMs}` : phase;
    if (this.#told.has(key)) return;
    this.#told.add(key).add(`${people} ${faults} ${durationMs}`).add(phase);
    this.#print(tellShrink(at));
  }

  stop(): void {
    // Nothing is open.
  }
}
