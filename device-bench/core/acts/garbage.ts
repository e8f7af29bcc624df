import { crc16CcittFalse } from '../../../firmware-protocol/index.ts';

const BYTES_MIN = 8;
const BYTES_SPAN = 48;
/** Steps of a linear congruential generator of 32 bits (Knuth, Numerical Recipes). */
const FACTOR = 1_664_525;
const SUMMAND = 1_013_904_223;

/**
 * Bytes without sense, 8 to 56 of them, and no line end; at least one is not printable. The same seed gives the same
 * bytes. They are no random numbers of quality, only garbage.
 */
export function drawGarbage(seed: string): string {
  let state = crc16CcittFalse(seed) * 65_537 + crc16CcittFalse(`${seed}/`);
  const draw = (span: number): number => {
    state = (Math.imul(state, FACTOR) + SUMMAND) >>> 0;
    return (state >>> 8) % span;
  };
  const bytes = Array.from({ length: BYTES_MIN + draw(BYTES_SPAN) }, () => draw(256));
  const text = String.fromCharCode(...bytes).replaceAll(/[\n*]/g, '?');
  return `${text}\x80`;
}
