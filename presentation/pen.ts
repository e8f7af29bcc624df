/** How text is written on a terminal that has so many columns, and colours or none. */
import { toAscii, withoutControls } from './terminal-text.ts';

/** What is known of a terminal. */
export interface TerminalStyle {
  /** Whether it shows colours and Unicode. Without, everything is written in ASCII. */
  readonly color: boolean;
  /** Columns. Less than 20 counts as 20. */
  readonly width: number;
}

/** What a text is about. */
export type Ink = 'good' | 'bad' | 'quiet';

/** The part of a text that depends on the terminal. */
export interface Pen {
  readonly width: number;
  readonly ellipsis: string;
  /** Makes a text fit for the terminal. */
  readonly plain: (text: string) => string;
  readonly paint: (ink: Ink, text: string) => string;
}

const ESCAPES: Readonly<Record<Ink, string>> = {
  good: '\u001B[32m',
  bad: '\u001B[1;31m',
  quiet: '\u001B[2m',
};
const RESET = '\u001B[0m';
const MIN_WIDTH = 20;

/** The pen for a terminal. */
export function toPen({ color, width }: TerminalStyle): Pen {
  return {
    width: Math.max(MIN_WIDTH, Math.floor(width)),
    ellipsis: color ? '…' : '...',
    plain: (text) => (color ? withoutControls(text) : toAscii(withoutControls(text))),
    paint: (ink, text) => (color && text !== '' ? ESCAPES[ink] + text + RESET : text),
  };
}
