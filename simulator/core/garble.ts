import { drawInteger } from './random.ts';
import type { Random } from './random.ts';

const CHANGED_BYTES_MAX = 3;

/**
 * Changes one to three bytes of a line (one byte per character, its line end included) to any other value. A changed
 * line end makes one line of two, and a byte that becomes a line feed makes two of one.
 */
export function garbleLine(line: string, random: Random): string {
  const bytes = Array.from({ length: line.length }, (_, index) => line.charCodeAt(index));
  const positions = new Set<number>();
  const changes = drawInteger(random, 1, CHANGED_BYTES_MAX);
  for (let change = 0; change < changes; change++) {
    positions.add(drawInteger(random, 0, bytes.length - 1));
  }
  for (const position of positions) {
    // An exclusive or with 1–255 always changes the byte.
    bytes[position] = (bytes[position] as number) ^ drawInteger(random, 1, 0xff);
  }
  return String.fromCharCode(...bytes);
}
