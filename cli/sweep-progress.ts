/** How far many runs are: one moving line with the time left on a terminal, plain lines in a log. */
import { SingleBar } from 'cli-progress';
import { cutText } from '../presentation/index.ts';
import { printNote } from './terminal.ts';

/** How a run ended, for a line about it. */
export type RunEnd = 'pass' | 'fail' | 'not run';

/** Shows how far a sweep is. Runs are told by what a reader knows them by. */
export interface SweepProgress {
  begin(title: string): void;
  update(title: string, stage: string, share: number): void;
  end(title: string, end: RunEnd): void;
  stop(): void;
}

/** Above this number of runs, a log has a line for each twentieth of them, and one for each that failed. */
const LINES_MAX = 100;
const TWENTIETH = 0.05;
/** No time left is told before so much of the time has passed that it can be foreseen, in seconds. */
const FORETOLD_FROM_S = 2;

/** Columns of the moving line: the bar, and what a title has at least. */
const BAR_WIDTH = 20;
const TITLE_MIN = 16;

/** The progress for stderr as it is: a terminal or a log. */
export function openSweepProgress(total: number): SweepProgress {
  return process.stderr.isTTY === true ? new SweepLine(total) : new SweepLog(total, printNote);
}

/** What is counted of a sweep under way. */
class SweepCount {
  readonly total: number;
  readonly #startMs = performance.now();
  done = 0;
  failed = 0;

  constructor(total: number) {
    this.total = total;
  }

  end(end: RunEnd): void {
    this.done++;
    if (end !== 'pass') this.failed++;
  }

  /** `3 failed · 1 min 20 s left`, as far as there is something to say. */
  describe(): string {
    const parts = [
      ...(this.failed > 0 ? [`${this.failed} failed`] : []),
      ...(this.#secondsLeft === undefined ? [] : [`${formatSeconds(this.#secondsLeft)} left`]),
    ];
    return parts.join(' · ');
  }

  get #secondsLeft(): number | undefined {
    const seconds = (performance.now() - this.#startMs) / 1000;
    if (this.done === 0 || this.done === this.total || seconds < FORETOLD_FROM_S) return undefined;
    return (seconds / this.done) * (this.total - this.done);
  }
}

/** A duration for people: `8 s`, `1 min 20 s`, `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Some pseudo-terminals say that they have 0 columns. */
function columns(): number {
  return process.stderr.columns || 80;
}

class SweepLine implements SweepProgress {
  readonly #bar: SingleBar;
  readonly #count: SweepCount;
  readonly #shares = new Map<string, number>();

  constructor(total: number) {
    this.#count = new SweepCount(total);
    this.#bar = new SingleBar({
      format: '{bar} {done}/{runs} {what}',
      barsize: BAR_WIDTH,
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
      linewrap: false,
      gracefulExit: false,
    });
    this.#bar.start(total, 0, { what: '', done: 0, runs: total });
  }

  begin(title: string): void {
    this.#shares.set(title, 0);
    this.#show(title, '');
  }

  update(title: string, stage: string, share: number): void {
    // Zones and verdict tell no share; the devices are about half of a run.
    this.#shares.set(title, stage === 'devices' ? share / 2 : 0.5);
    const percent = share > 0 ? ` ${Math.floor(share * 100)} %` : '';
    this.#show(title, `${stage}${percent}`);
  }

  end(title: string, end: RunEnd): void {
    this.#shares.delete(title);
    this.#count.end(end);
    this.#show(title, end);
  }

  stop(): void {
    this.#bar.stop();
  }

  #show(title: string, stage: string): void {
    const { done } = this.#count;
    const underWay = [...this.#shares.values()].reduce((sum, share) => sum + share, 0);
    const room = columns() - BAR_WIDTH - `${done}/${this.#count.total}`.length - 2;
    const what = fitLine([this.#count.describe(), title, stage], room);
    this.#bar.update(done + underWay, { what, done });
  }
}

/** What stands behind the bar: how the sweep goes, the title of a run, and its stage. Only the title may be cut. */
export function fitLine(
  [told, title, stage]: readonly [string, string, string],
  room: number,
): string {
  const rest = [told, stage].filter((part) => part !== '').map((part) => part.length + 3);
  const left = room - rest.reduce((sum, length) => sum + length, 0);
  const shown = cutText(title, Math.max(TITLE_MIN, left), '…');
  return [told, shown, stage].filter((part) => part !== '').join(' · ');
}

/** Plain lines, as a log keeps them. */
export class SweepLog implements SweepProgress {
  readonly #count: SweepCount;
  readonly #print: (line: string) => void;

  constructor(total: number, print: (line: string) => void) {
    this.#count = new SweepCount(total);
    this.#print = print;
  }

  begin(): void {
    // A log shows what is done, not what is under way.
  }

  update(): void {
    // As above.
  }

  end(title: string, end: RunEnd): void {
    const count = this.#count;
    const before = count.done;
    count.end(end);
    const { done, total } = count;
    if (total <= LINES_MAX || end !== 'pass') this.#print(`[${done}/${total}] ${end}  ${title}`);
    else if (twentieth(before, total) < twentieth(done, total)) {
      const told = count.describe();
      this.#print(`[${done}/${total}] done${told === '' ? '' : `, ${told.replace(' · ', ', ')}`}`);
    }
  }

  stop(): void {
    // Nothing is open.
  }
}

function twentieth(done: number, total: number): number {
  return Math.floor(done / total / TWENTIETH + Number.EPSILON);
}
