/** The faults of a serial line, each as a pure change of the bytes of one line. */
import type { BaudRates, WireDamage } from './faults.ts';
import { garbleLine } from './garble.ts';
import type { Random } from './random.ts';
import { dropBytes, duplicateBytes } from './wire-faults-bytes.ts';
import { prependBootGarbage, readAtWrongBaud } from './wire-faults-baud.ts';
import { cutLine, endWithCarriageReturn, mergeLine } from './wire-faults-line-ends.ts';

/** Where a fault draws from, and the two speeds of those that have any. */
export interface DamageOptions {
  readonly random: Random;
  readonly baud?: BaudRates | undefined;
}

type Transform = (line: string, random: Random, baud: BaudRates) => string;

const EQUAL_SPEEDS: BaudRates = { sent: 1, read: 1 };

const TRANSFORMS: Readonly<Record<WireDamage, Transform>> = {
  'boot-garbage': prependBootGarbage,
  'cr-only': endWithCarriageReturn,
  duplicate: duplicateBytes,
  partial: cutLine,
  merge: mergeLine,
  drop: dropBytes,
  garble: garbleLine,
  'wrong-baud': (line, _random, baud) => readAtWrongBaud(line, baud),
};

/** Damages a line: at least one byte of content and CR LF, one byte per character. What remains may be empty. */
export function damageLine(
  damage: WireDamage,
  line: string,
  { random, baud = EQUAL_SPEEDS }: DamageOptions,
): string {
  return TRANSFORMS[damage](line, random, baud);
}
