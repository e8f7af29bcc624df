/** A second, bit-by-bit implementation of the framing, so that the tests do not ask the codec about itself. */

/** CRC-16/CCITT-FALSE, shifted bit by bit as its definition says: polynomial 0x1021, start 0xFFFF. */
export function referenceCrc(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const incoming = (byte >> bit) & 1;
      const outgoing = register >> 15;
      register = (register << 1) & 0xffff;
      if (incoming !== outgoing) register ^= 0x1021;
    }
  }
  return register;
}

/** `text` with `*` and its CRC, without a line end. `text` is one byte per character. */
export function withCrc(text: string): string {
  const digits = referenceCrc(Buffer.from(text, 'latin1')).toString(16).toUpperCase();
  return `${text}*${digits.padStart(4, '0')}`;
}
