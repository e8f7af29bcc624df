/** A line as far as its bytes tell, and whether a CRC vouches for them. */
interface Bytes {
  readonly bytes: string;
  readonly isSure: boolean;
}

/** Text has no such share of bytes that are none. */
const ODD_SHARE_MAX = 0.2;

/**
 * True when what was heard is not text, as at a wrong baud rate: more than a fifth of the bytes are neither printable
 * nor part of a line end, and no line has the right CRC. `unfinished` is what has come without a line end.
 */
export function isNoise(lines: readonly Bytes[], unfinished = ''): boolean {
  if (lines.some(({ isSure }) => isSure)) return false;
  const bytes = lines.map((line) => line.bytes).join('') + unfinished;
  return countOdd(bytes) > bytes.length * ODD_SHARE_MAX;
}

/** How many bytes are neither printable nor part of a line end. */
export function countOdd(bytes: string): number {
  return bytes.replaceAll(/[\x20-\x7e\r\n]/g, '').length;
}
