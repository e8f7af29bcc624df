/**
 * Intel HEX, the form in which compilers hand over firmware. A record is a line of hexadecimal digits behind a colon:
 *
 * | offset | digits | content                                                                    |
 * |--------|--------|----------------------------------------------------------------------------|
 * | 0      | 1      | `:`                                                                        |
 * | 1      | 2      | n, the number of data bytes                                                |
 * | 3      | 4      | the address of the first of them, from the base                            |
 * | 7      | 2      | 00 data, 01 end, 02 base in units of 16, 04 base in units of 65536,        |
 * |        |        | 03 and 05 where to start (chips of this family start at their reset vector) |
 * | 9      | 2n     | data                                                                       |
 * | 9 + 2n | 2      | checksum: with it the sum of all bytes is a multiple of 256                |
 */
import { BenchError } from '../bench-error.ts';

const RECORD = /^:(?:[0-9A-Fa-f]{2}){5,260}$/;
const HEADER_BYTES = 4;
const ERASED = 0xff;
const DATA = 0;
const END = 1;
const BASE_UNITS = new Map([
  [2, 0x10],
  [4, 0x1_0000],
]);
const LAST_TYPE = 5;

/** What flash holds: all of its bytes, 0xFF where nothing was written, and how many were written. */
export interface FlashImage {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** How large the flash is, and what messages call the file. */
export interface IntelHexOptions {
  readonly flashBytes: number;
  readonly name: string;
}

interface HexRecord {
  readonly address: number;
  readonly type: number;
  readonly data: Uint8Array;
}

/**
 * Reads a hex file.
 *
 * @throws BenchError `FIRMWARE_INVALID`, naming the line: no record, wrong checksum or length, unknown type, data
 *   outside of the flash or twice at one address, no end record, no data at all.
 */
export function readIntelHex(text: string, options: IntelHexOptions): FlashImage {
  const bytes = new Uint8Array(options.flashBytes).fill(ERASED);
  const written = new Set<number>();
  let base = 0;
  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const record = readRecord(line.trim());
    if (typeof record === 'string') throw invalid(options.name, index, record);
    if (record.type === END) {
      if (written.size === 0) throw invalid(options.name, index, 'there is no data in front of it');
      return { bytes, size: written.size };
    }
    const unit = BASE_UNITS.get(record.type);
    if (unit !== undefined) base = ((record.data[0] ?? 0) * 0x100 + (record.data[1] ?? 0)) * unit;
    if (record.type !== DATA) continue;
    const fault = writeData(bytes, written, base, record);
    if (fault !== undefined) throw invalid(options.name, index, fault);
  }
  throw invalid(options.name, lines.length - 1, 'the file stops without an end record');
}

function invalid(name: string, index: number, what: string): BenchError {
  return new BenchError(
    'FIRMWARE_INVALID',
    `${name} is no firmware for this board: line ${index + 1}: ${what}. Give the .hex file that avr-objcopy -O ihex makes for an ATmega328P.`,
  );
}

function readRecord(line: string): HexRecord | string {
  if (!RECORD.test(line)) return 'not a record of Intel HEX';
  const bytes = Uint8Array.from({ length: (line.length - 1) / 2 }, (_, index) =>
    Number.parseInt(line.slice(1 + 2 * index, 3 + 2 * index), 16),
  );
  const [count = 0, high = 0, low = 0, type = 0] = bytes;
  const data = bytes.subarray(HEADER_BYTES, -1);
  if (data.length !== count) return `${data.length} data bytes where ${count} were announced`;
  if (bytes.reduce((sum, byte) => sum + byte, 0) % 0x100 !== 0) return 'wrong checksum';
  if (BASE_UNITS.has(type) && count !== 2) return 'a base has two bytes';
  if (type > LAST_TYPE) return `unknown record type ${type}`;
  return { address: high * 0x100 + low, type, data };
}

function writeData(
  bytes: Uint8Array,
  written: Set<number>,
  base: number,
  { address, data }: HexRecord,
): string | undefined {
  const first = base + address;
  if (first + data.length > bytes.length) return `the flash ends at byte ${bytes.length}`;
  for (const [offset, byte] of data.entries()) {
    if (written.has(first + offset)) return `byte ${first + offset} was written before`;
    written.add(first + offset);
    bytes[first + offset] = byte;
  }
  return undefined;
}
