/** The lines that arrived at a serial port, cut at LF as every receiver does. */
import type { SentBytes } from '../../simulator/index.ts';
import type { HeardBytes } from './retrace.ts';

/** A line without its LF, and when its last byte arrived. */
export interface HeardLine {
  readonly atMs: number;
  readonly text: string;
}

/** Of a line that arrived damaged, so many bytes in a row must be left to recognise it. */
const PIECE_BYTES = 8;

/** Cuts what arrived into lines; what is left at the end is one, too. */
export function linesOf(heard: readonly HeardBytes[]): HeardLine[] {
  const lines: HeardLine[] = [];
  let text = '';
  let lastMs = 0;
  for (const { atMs, bytes } of heard) {
    const pieces = bytes.split('\n');
    const rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      lines.push({ atMs, text: text + piece });
      text = '';
    }
    text += rest;
    lastMs = atMs;
  }
  if (text !== '') lines.push({ atMs: lastMs, text });
  return lines;
}

/** The line that what was sent became: whole, or else one that holds what went out, or a piece of it. */
export function findLine(lines: readonly HeardLine[], sent: SentBytes): HeardLine | undefined {
  const later = lines.filter(({ atMs }) => atMs >= sent.atMs);
  const content = sent.meant.replace(/\r?\n$/, '');
  const whole = later.find(({ text }) => text.replace(/\r$/, '') === content);
  return whole ?? findPiece(later, sent.passed.replace(/\r?\n$/, ''));
}

function findPiece(lines: readonly HeardLine[], passed: string): HeardLine | undefined {
  // Damage may have put a line end anywhere: the longest piece between two says most.
  const [longest = ''] = passed.split('\n').sort((left, right) => right.length - left.length);
  const holding = (piece: string): HeardLine | undefined =>
    piece.length < PIECE_BYTES ? undefined : lines.find(({ text }) => text.includes(piece));
  return (
    holding(longest) ??
    holding(beginningOf(longest)) ??
    holding(longest.replace(/\r$/, '').slice(-PIECE_BYTES)) ??
    shortest(lines, longest)
  );
}

/** Up to the number of the reading: readings of one start of a device begin alike. */
function beginningOf(piece: string): string {
  return /^(?:[^,]*,){3}/.exec(piece)?.[0] ?? piece;
}

/** What is too short to be told from others is looked for as a line of its own. */
function shortest(lines: readonly HeardLine[], piece: string): HeardLine | undefined {
  if (piece === '' || piece.length >= PIECE_BYTES) return undefined;
  return lines.find(({ text }) => text.replace(/\r$/, '') === piece.replace(/\r$/, ''));
}
