const POLYNOMIAL = 0x1021;
const INITIAL_VALUE = 0xffff;

const TABLE: Uint16Array = buildTable();

/** Every byte as two upper-case hexadecimal digits. */
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
);

function buildTable(): Uint16Array {
  const table = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 0x8000 ? (remainder << 1) ^ POLYNOMIAL : remainder << 1;
    }
    table[byte] = remainder & 0xffff;
  }
  return table;
}

/**
 * CRC-16/CCITT-FALSE of a byte string: polynomial 0x1021, initial value 0xFFFF, not reflected, no final xor.
 *
 * `text` carries one byte per character (char codes 0–255); `end` is exclusive. The result is 0–65535.
 * Check value: "123456789" gives 0x29B1.
 */
export function crc16CcittFalse(text: string, end: number = text.length): number {
  let crc = INITIAL_VALUE;
  for (let index = 0; index < end; index++) {
    const byte = text.charCodeAt(index) & 0xff;
    crc = ((crc << 8) & 0xffff) ^ (TABLE[(crc >> 8) ^ byte] as number);
  }
  return crc;
}

/** The CRC (0–65535) as it stands on the wire: four upper-case hexadecimal digits. */
export function formatCrc(crc: number): string {
  return `${BYTES[crc >> 8]}${BYTES[crc & 0xff]}`;
}
