import { LINE_END } from '../../firmware-protocol/index.ts';
import { drawInteger } from './random.ts';
import type { Random } from './random.ts';

const CHANGED_BYTES_MAX = 3;
const LINE_FEED = 0x0a;

/**
 * Changes one to three bytes of a line (one byte per character, CR LF at its end). The line end stays, and no line feed
 * comes in, so that exactly this line is damaged and none of its neighbours.
 */
export function garbleLine(line: string, random: Random): string {
  const bytes = Array.from({ length: line.length }, (_, index) => line.charCodeAt(index));
  const positions = new Set<number>();
  const changes = drawInteger(random, 1, CHANGED_BYTES_MAX);
  for (let change = 0; change < changes; change++) {
    positions.add(drawInteger(random, 0, bytes.length - LINE_END.length - 1));
  }
  for (const position of positions) {
    const original = bytes[position] as number;
    // An exclusive or with 1–255 always changes the byte.
    let changed = original ^ drawInteger(random, 1, 0xff);
    if (changed === LINE_FEED) changed = original ^ 0x80;
    bytes[position] = changed;
  }
  return String.fromCharCode(...bytes);
}
