/** Damage to single bytes and runs of bytes of a line (one byte per character, its line end included). */
import { drawChance, drawInteger } from './random.ts';
import type { Random } from './random.ts';

/** The longest run of bytes that is lost or repeated at once. */
const RUN_BYTES_MAX = 8;

/** Takes one to eight bytes that stand together out of a line. They may be its line end, or all of a short line. */
export function dropBytes(line: string, random: Random): string {
  const { from, to } = drawRun(line, random);
  return line.slice(0, from) + line.slice(to);
}

/** Repeats a line, or one to eight bytes that stand together in it; one is as likely as the other. */
export function duplicateBytes(line: string, random: Random): string {
  if (drawChance(random, 0.5)) return line + line;
  const { from, to } = drawRun(line, random);
  return line.slice(0, to) + line.slice(from);
}

function drawRun(line: string, random: Random): { readonly from: number; readonly to: number } {
  const from = drawInteger(random, 0, line.length - 1);
  return { from, to: Math.min(line.length, from + drawInteger(random, 1, RUN_BYTES_MAX)) };
}
