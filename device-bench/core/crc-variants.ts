/** The CRCs that firmware computes by mistake. */
import { crc16CcittFalse, formatCrc } from '../../firmware-protocol/index.ts';

interface Variant {
  readonly name: string;
  readonly compute: (body: string) => number;
}

const VARIANTS: readonly Variant[] = [
  { name: 'with the start value 0', compute: (body) => crc16(body, 0) },
  { name: 'reflected (start value 0)', compute: (body) => reflectedCrc16(body, 0) },
  { name: 'reflected (start value 0xFFFF)', compute: (body) => reflectedCrc16(body, 0xffff) },
  { name: 'with a final xor', compute: (body) => crc16CcittFalse(body) ^ 0xffff },
  { name: 'over "*" too', compute: (body) => crc16CcittFalse(`${body}*`) },
  { name: 'without the class character', compute: (body) => crc16CcittFalse(body.slice(1)) },
  { name: 'with its bytes exchanged', compute: (body) => swapBytes(crc16CcittFalse(body)) },
];

/** What a wrong CRC is, as the end of a sentence; empty when nobody knows. */
export function nameCrcVariant(body: string, digits: string): string {
  const found = VARIANTS.find(({ compute }) => formatCrc(compute(body)) === digits.toUpperCase());
  return found === undefined ? '' : ` (it is the CRC ${found.name})`;
}

function crc16(body: string, start: number): number {
  let crc = start;
  for (let index = 0; index < body.length; index++) {
    crc ^= body.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
    }
  }
  return crc;
}

function reflectedCrc16(body: string, start: number): number {
  let crc = start;
  for (let index = 0; index < body.length; index++) {
    crc ^= body.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc;
}

function swapBytes(crc: number): number {
  return ((crc & 0xff) << 8) | (crc >> 8);
}
