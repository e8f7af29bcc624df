import { drawInteger } from './random.ts';
import type { Random } from './random.ts';

/** Draws the id of a boot: four upper-case hex digits, other than those of the boot before. Takes one draw. */
export function drawBootId(random: Random, before: string | undefined): string {
  const drawn = drawInteger(random, 0, 0xffff);
  const boot = format(drawn);
  return boot === before ? format((drawn + 1) & 0xffff) : boot;
}

function format(boot: number): string {
  return boot.toString(16).toUpperCase().padStart(4, '0');
}
