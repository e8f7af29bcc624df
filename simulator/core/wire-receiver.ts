/**
 * What the bytes on a serial line come to at its other end. Each byte carries the line that it was sent in, so that it
 * is known of every line whether it arrived whole, in pieces, twice, or not at all.
 *
 * A receiver splits at LF and takes one CR away from the end. A line arrived whole if what it then holds is, byte for
 * byte, what was sent in a line that has bytes in it. Nothing here knows what the bytes mean, nor their CRC.
 */
import { MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';

/** A line that was sent, and what is known of it at the other end. */
export class SentLine {
  /** How often it has arrived whole. */
  arrivals = 0;
  /** Whether bytes of it have arrived in a line that is not whole. */
  hasRemains = false;
  /** The line without its line end. */
  readonly content: string;
  readonly #onChange: (line: SentLine) => void;

  constructor(text: string, onChange: (line: SentLine) => void) {
    this.content = withoutEnd(text);
    this.#onChange = onChange;
  }

  arrive(): void {
    this.arrivals++;
    this.#onChange(this);
  }

  leaveRemains(): void {
    this.hasRemains = true;
    this.#onChange(this);
  }
}

/** Bytes (one per character) on a line, all of which were sent in, or instead of, one line. */
export interface WireRun {
  readonly text: string;
  readonly line: SentLine;
}

function withoutEnd(text: string): string {
  if (!text.endsWith('\n')) return text;
  return text.slice(0, text.endsWith('\r\n') ? -2 : -1);
}

/** True for the common case, in which nothing has to be looked at: all of one line, and nothing else. */
function isWholeLine(text: string, { content }: SentLine): boolean {
  return (
    content !== '' &&
    !content.startsWith('\r') &&
    text.length <= MAX_RAW_LINE_BYTES &&
    text.indexOf('\n') === text.length - 1 &&
    withoutEnd(text) === content
  );
}

/** The other end of one cable. */
export class WireReceiver {
  readonly #onDamaged: (text: string) => void;
  /** What arrived since the last LF: the first bytes of it, as many as any receiver holds, and whether there was more. */
  #text = '';
  #isOverlong = false;
  #lines = new Set<SentLine>();

  /** `onDamaged` is told each line that stands for no line that was sent: as it arrived, without its LF, up to 512 bytes. */
  constructor(onDamaged: (text: string) => void) {
    this.#onDamaged = onDamaged;
  }

  /** Takes the next bytes. */
  take({ text, line }: WireRun): void {
    if (this.#isBetweenLines && isWholeLine(text, line)) return line.arrive();
    const pieces = text.split('\n');
    const rest = pieces.pop() as string;
    for (const piece of pieces) {
      this.#add(piece, line);
      this.#complete(this.#findWhole());
    }
    this.#add(rest, line);
  }

  /** The cable is pulled: a line without its LF is cut off, even if nothing else is missing. */
  end(): void {
    this.#complete(undefined);
  }

  get #isBetweenLines(): boolean {
    return this.#text === '' && !this.#isOverlong && this.#lines.size === 0;
  }

  #add(piece: string, line: SentLine): void {
    const room = MAX_RAW_LINE_BYTES - this.#text.length;
    if (piece.length > room) this.#isOverlong = true;
    this.#text += piece.slice(0, room);
    if (/[^\r]/.test(piece)) this.#lines.add(line);
    if (!this.#isOverlong) return;
    // Whatever comes now, these lines are not whole. They are let go: a line without an end may be very long.
    for (const cut of this.#lines) cut.leaveRemains();
    this.#lines.clear();
  }

  #findWhole(): SentLine | undefined {
    if (this.#isOverlong) return undefined;
    const content = this.#text.replace(/\r$/, '');
    return [...this.#lines].find((line) => line.content === content);
  }

  #complete(whole: SentLine | undefined): void {
    const [text, lines] = [this.#text, this.#lines];
    this.#text = '';
    this.#isOverlong = false;
    this.#lines = new Set();
    whole?.arrive();
    for (const line of lines) if (line !== whole) line.leaveRemains();
    if (whole === undefined && text !== '' && text !== '\r') this.#onDamaged(text);
  }
}
