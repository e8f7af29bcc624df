/** Baud rates of devices on the bench. */
import { UsageError } from '../../exit-codes.ts';

/** What devices of STL/1 use unless told otherwise. */
export const DEFAULT_BAUD = 57_600;
/** What boards are usually set to, the likeliest first. */
export const USUAL_BAUDS: readonly number[] = [57_600, 115_200, 9_600, 38_400, 19_200, 230_400];

const BAUD_MAX = 4_000_000;

/** Checks a rate from the command line. */
export function checkBaud(baud: number): number {
  if (Number.isInteger(baud) && baud >= 50 && baud <= BAUD_MAX) return baud;
  throw new UsageError(`--baud takes a whole number from 50 to ${BAUD_MAX}, such as 57600.`);
}
