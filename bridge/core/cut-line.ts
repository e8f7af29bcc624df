/** What is left of a line whose beginning was sent before anybody listened. */
import { MAX_LINE_BYTES, MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';

/** Does not begin with a class, and ends like a frame: with `*` and up to four digits, or with the last of these. */
const FRAME_TAIL = /^(?![$=!#{])(?:[ -~]*\*)?[0-9A-F]{0,4}\r?$/;
/** Ends like a record of level 0. */
const RECORD_TAIL = /^(?!\{)[ -~]*\}\r?$/;

/**
 * True when a line may be the end of one whose beginning is missing, as the first one from a port mostly is that was
 * opened in the middle of a line. Without its LF.
 */
export function isTailOfLine(line: string): boolean {
  const isFrame = line.length < MAX_LINE_BYTES && FRAME_TAIL.test(line);
  return isFrame || (line.length < MAX_RAW_LINE_BYTES && RECORD_TAIL.test(line));
}
