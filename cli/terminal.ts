/** What commands write to: results on stdout, everything else on stderr. */
import { SingleBar } from 'cli-progress';

const DEFAULT_WIDTH = 100;

/**
 * Lets a command go on when a stream that it prints to is gone, as its terminal or the reader of a pipe may be: what
 * is printed then is lost, but a device is told to stop all the same.
 */
export function outliveReaders(
  outputs: readonly NodeJS.EventEmitter[] = [process.stdout, process.stderr],
): void {
  for (const output of outputs) output.on('error', () => undefined);
}

/** Prints a result. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one JSON document. */
export function printJson(document: unknown): void {
  printResult(JSON.stringify(document, null, 2));
}

/** Prints a note for people beside the result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** How wide a table on stdout may be, and whether it may have colours. */
export function terminalStyle(): { readonly width: number; readonly color: boolean } {
  const color = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  // Some pseudo-terminals say that they have 0 columns.
  return { width: process.stdout.columns || DEFAULT_WIDTH, color };
}

/** Shows how far a piece of work is: one moving line on a terminal, a line for each piece elsewhere. */
export interface Progress {
  /** Begins the next piece of work. */
  begin(title: string): void;
  /** Tells what is done and how much of it, 0–1. */
  update(stage: string, share: number): void;
  /** Ends the piece of work with its outcome. */
  end(outcome: string): void;
  stop(): void;
}

/** The progress for stderr as it is: a terminal or a log. */
export function openProgress(total: number): Progress {
  return process.stderr.isTTY === true ? new ProgressLine(total) : new ProgressLog(total);
}

class ProgressLine implements Progress {
  readonly #bar: SingleBar;
  #done = 0;

  constructor(total: number) {
    this.#bar = new SingleBar({
      format: '{bar} {done}/{pieces} {title} · {stage}',
      barsize: 20,
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
      linewrap: false,
      gracefulExit: false,
    });
    this.#bar.start(total, 0, { title: '', stage: '', done: 0, pieces: total });
  }

  begin(title: string): void {
    this.#bar.update(this.#done, { title, stage: '', done: this.#done + 1 });
  }

  update(stage: string, share: number): void {
    const percent = share > 0 ? ` ${Math.floor(share * 100)} %` : '';
    this.#bar.update(this.#done + share * 0.9, { stage: `${stage}${percent}` });
  }

  end(outcome: string): void {
    this.#done++;
    this.#bar.update(this.#done, { stage: outcome });
  }

  stop(): void {
    this.#bar.stop();
  }
}

class ProgressLog implements Progress {
  readonly #total: number;
  #number = 0;
  #title = '';

  constructor(total: number) {
    this.#total = total;
  }

  begin(title: string): void {
    this.#number++;
    this.#title = title;
  }

  update(): void {
    // A log shows what is done, not what is under way.
  }

  end(outcome: string): void {
    printNote(`[${this.#number}/${this.#total}] ${outcome}  ${this.#title}`);
  }

  stop(): void {
    // Nothing is open.
  }
}
