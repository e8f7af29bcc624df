import { crc16CcittFalse, formatCrc, LINE_END } from '../../../firmware-protocol/index.ts';

/** A line with its CRC and line end, whatever is in it. */
export function frame(text: string): string {
  return `${text}*${formatCrc(crc16CcittFalse(text))}${LINE_END}`;
}
