/** Readers of single fields. Each gives `undefined` for anything that is not the one canonical spelling of a value. */

/** Largest sequence number; the next one is 0. */
export const SEQ_MAX = 0xffff;
/** Largest tick count in ms; the next one is 0 (49.7 days after boot). */
export const TICKS_MAX = 0xffff_ffff;
/** Largest distance that a reading can carry. */
export const DISTANCE_MAX = 0xffff;
/** Fastest reading rate that the protocol can name, in Hz. */
export const RATE_HZ_MAX = 1000;
/** Largest value of the flag field. */
export const FLAGS_MAX = 0xff;

/** No field is larger than the largest whole number that a double holds safely, which has so many digits. */
const DIGITS_MAX = 16;
const ZERO = 0x30;
const BOOT_ID = /^[0-9A-F]{4}$/;
const TAG = /^[0-9A-Za-z]{0,4}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A whole number from 0 to `max`, without sign or leading zero. */
export function readDecimal(field: string | undefined, max: number): number | undefined {
  if (field === undefined || field.length === 0 || field.length > DIGITS_MAX) return undefined;
  // Written out, as it reads four fields of every reading: an expression and a conversion take several times as long.
  let value = 0;
  for (let index = 0; index < field.length; index++) {
    const digit = field.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  if (value > max || (field.length > 1 && field.charCodeAt(0) === ZERO)) return undefined;
  return value;
}

/** A boot id: four upper-case hexadecimal digits. */
export function isBootId(field: string | undefined): field is string {
  return field !== undefined && BOOT_ID.test(field);
}

/** A command tag: up to four letters or digits; empty when the host gave none. */
export function isTag(field: string | undefined): field is string {
  return field !== undefined && TAG.test(field);
}

/** A serial number: a lower-case UUID. */
export function isSerialNumber(field: string | undefined): field is string {
  return field !== undefined && UUID.test(field);
}
