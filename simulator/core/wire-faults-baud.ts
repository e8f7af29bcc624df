/** What a receiver makes of bytes that are sent at another speed than its own. */
import type { BaudRates } from './faults.ts';
import { drawInteger } from './random.ts';
import type { Random } from './random.ts';

/** A start bit (0), eight data bits, the lowest first, and a stop bit (1). An idle line is 1. */
const BITS_PER_BYTE = 10;
const DATA_BITS = 8;
/** A terminal of Linux hands on a byte without its stop bit as a zero, unless it is told otherwise (termios, PARMRK). */
const FRAMING_ERROR = '\0';

/**
 * Reads bytes (one per character) that were sent without a pause, 8N1, with a receiver of another speed, bit by bit.
 *
 * The receiver begins at a falling edge, takes each bit in its middle, drops a start bit that is not low there, and
 * after a missing stop bit waits until the line is idle again. Edges are exact and the line has no noise; at equal
 * speeds the bytes come out as they went in.
 */
export function readAtWrongBaud(bytes: string, { sent, read }: BaudRates): string {
  const bitLength = sent / read;
  const levels = toLevels(bytes);
  const levelAt = (time: number): number => levels[Math.floor(time)] ?? 1;
  let received = '';
  for (let edge = nextEdge(levels, 0); edge !== undefined;) {
    const bit = (index: number): number => levelAt((edge as number) + (index + 0.5) * bitLength);
    if (bit(0) === 1) {
      edge = nextEdge(levels, edge + 0.5 * bitLength);
      continue;
    }
    let value = 0;
    for (let index = 0; index < DATA_BITS; index++) value |= bit(index + 1) << index;
    received += bit(DATA_BITS + 1) === 1 ? String.fromCharCode(value) : FRAMING_ERROR;
    edge = nextEdge(levels, edge + (DATA_BITS + 1.5) * bitLength);
  }
  return received;
}

/** Puts in front of a boot line what the ROM of the chip wrote before, at a speed of its own. */
export function prependBootGarbage(line: string, random: Random, baud: BaudRates): string {
  const checksum = drawInteger(random, 0, 0xffff).toString(16).padStart(4, '0');
  const rom = `ROM 2.1 cause ${drawInteger(random, 1, 6)}\r\nload ${drawInteger(random, 1_000, 9_999)} bytes sum ${checksum}\r\nrun\r\n`;
  return readAtWrongBaud(rom, baud) + line;
}

/** The level of the line during each bit that is sent. */
function toLevels(bytes: string): Uint8Array {
  const levels = new Uint8Array(bytes.length * BITS_PER_BYTE);
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes.charCodeAt(index);
    const start = index * BITS_PER_BYTE;
    for (let bit = 0; bit < DATA_BITS; bit++) levels[start + 1 + bit] = (byte >> bit) & 1;
    levels[start + BITS_PER_BYTE - 1] = 1;
  }
  return levels;
}

/** The first falling edge after `from`, both counted in bits that were sent; `undefined` when the line stays idle. */
function nextEdge(levels: Uint8Array, from: number): number | undefined {
  // Only the very first bit can begin with an edge at `from` itself: the line was idle before.
  if (from === 0 && levels[0] === 0) return 0;
  for (let index = Math.floor(from) + 1; index < levels.length; index++) {
    if (levels[index] === 0 && levels[index - 1] === 1) return index;
  }
  return undefined;
}
