/** Draws frames in place on a terminal. */

/** What a screen needs of the terminal that it draws on. */
export interface TerminalOutput {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const CLEAR_LINE = '\u001B[2K';
const CLEAR_BELOW = '\u001B[J';

/** A part of a terminal, as many lines high as the last frame. It scrolls what was there before up, once. */
export class LiveScreen {
  readonly #output: TerminalOutput;
  #drawn: readonly string[] = [];
  #isOpen = false;

  constructor(output: TerminalOutput) {
    this.#output = output;
  }

  /** Replaces the last frame; nothing is written when it is the same. */
  draw(lines: readonly string[]): void {
    if (this.#isOpen && isSame(lines, this.#drawn)) return;
    const up = this.#drawn.length;
    const start = this.#isOpen ? home(up) : HIDE_CURSOR;
    const text = lines.map((line) => `${CLEAR_LINE}${line}\r\n`).join('');
    this.#output.write(start + text + CLEAR_BELOW);
    this.#isOpen = true;
    this.#drawn = lines;
  }

  /** Leaves the last frame where it is, and gives the cursor back. May be called again. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#output.write(SHOW_CURSOR);
  }
}

function home(lines: number): string {
  return lines === 0 ? '\r' : `\u001B[${lines}A\r`;
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
