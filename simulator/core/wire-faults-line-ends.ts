/** Damage to the end of a line (one byte per character). What has no line end any more stays as it is. */
import { LINE_END } from '../../firmware-protocol/index.ts';
import { drawChance, drawInteger } from './random.ts';
import type { Random } from './random.ts';

const CARRIAGE_RETURN = '\r';

/** Takes away the line end, or only its LF, which is as likely: the line and the next one become one. */
export function mergeLine(line: string, random: Random): string {
  const end = drawChance(random, 0.5) ? /\r?\n$/ : /\n$/;
  return line.replace(end, '');
}

/** Cuts a line off: at least its first byte stays, at least its last byte and the line end are lost. */
export function cutLine(line: string, random: Random): string {
  return line.slice(0, drawInteger(random, 1, Math.max(1, line.length - LINE_END.length - 1)));
}

/** Ends a line with CR alone. */
export function endWithCarriageReturn(line: string): string {
  return line.replaceAll(LINE_END, CARRIAGE_RETURN);
}
