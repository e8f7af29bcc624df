import type { Asked } from './conversation.ts';

/** Rounding of a byte's time must not make a line look faster than its baud rate. */
const TOLERANCE_MS = 0.05;

/**
 * The time of a byte in ms, 0 when an answer came faster than the bytes of it and its command can pass: the line is a
 * pseudo-terminal or a USB device, and its baud rate means nothing.
 */
export function byteMsOf(asked: readonly Asked[], byteMs: number): number {
  const isFaster = asked.some(({ atMs, bytes, answers: [first] }) => {
    if (first === undefined) return false;
    return first.atMs - atMs < (bytes + first.bytes.length) * byteMs - TOLERANCE_MS;
  });
  return isFaster ? 0 : byteMs;
}
