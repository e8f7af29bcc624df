import { drawChance } from './random.ts';
import type { Random } from './random.ts';

/** The same e-mail in another case: all small, or all in capitals. */
export function spellOtherwise(email: string, random: Random): string {
  return drawChance(random, 0.5) ? email.toLowerCase() : email.toUpperCase();
}
