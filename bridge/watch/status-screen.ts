import type { Notice, NoticeSink } from '../notice.ts';
import type { BridgeTimers } from '../ports.ts';
import type { BridgeStatus } from './bridge-status.ts';
import type { LogLevel } from './notice-log.ts';
import { renderStatusLine } from './status-line.ts';

const REDRAW_MS = 1_000;
const DEFAULT_COLUMNS = 80;
/** To the start of the line, and wipe it. */
const WIPE = '\r\u001B[K';

const RANKS: Readonly<Record<LogLevel, number>> = { info: 0, warn: 1, error: 2, silent: 3 };

/** A terminal, or what stands in for one. */
export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

/** How a screen is kept. */
export interface StatusScreenOptions {
  readonly screen: Screen;
  /** Notices below it are not shown. */
  readonly level: LogLevel;
  readonly timers: BridgeTimers;
}

/** Notices as lines of text, and below them one line with the state, redrawn once a second until it is closed. */
export class StatusScreen implements NoticeSink {
  readonly #options: StatusScreenOptions;
  #source: (() => BridgeStatus) | undefined;
  #before: BridgeStatus | undefined;
  #line = '';

  constructor(options: StatusScreenOptions) {
    this.#options = options;
  }

  /** Shows the state from now on. */
  show(source: () => BridgeStatus): void {
    this.#source = source;
    this.#before = source();
    this.#redrawLater();
  }

  notice({ level, text }: Notice): void {
    if (RANKS[level] < RANKS[this.#options.level]) return;
    this.#options.screen.write(`${this.#wipe()}${text}\n${this.#line}`);
  }

  close(): void {
    this.#source = undefined;
    if (this.#line !== '') this.#options.screen.write(this.#wipe());
    this.#line = '';
  }

  #wipe(): string {
    return this.#line === '' ? '' : WIPE;
  }

  #redrawLater(): void {
    const { timers } = this.#options;
    timers.at(timers.now() + REDRAW_MS, () => {
      if (this.#source === undefined) return;
      this.#redraw(this.#source());
      this.#redrawLater();
    });
  }

  #redraw(status: BridgeStatus): void {
    const { screen } = this.#options;
    // In the last column, a terminal may already go to the next line.
    const width = (screen.columns || DEFAULT_COLUMNS) - 1;
    const line = renderStatusLine(status, this.#before ?? status, width);
    this.#before = status;
    screen.write(`${this.#wipe()}${line}`);
    this.#line = line;
  }
}
