/** Hex files for tests: the committed firmware, and small programs in assembler. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assemble } from 'avr8js/dist/cjs/utils/assembler.js';

const FOLDER = new URL('../../../firmware-protocol/reference/', import.meta.url);
const RECORD_BYTES = 16;

/** A file of the reference firmware. */
export function referencePath(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

/** The committed hex file. */
export const REFERENCE_HEX: string = readFileSync(referencePath('stl-reference.hex'), 'latin1');

/** One record: the bytes behind the colon, without their checksum. */
export function record(...bytes: readonly number[]): string {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${Buffer.from([...bytes, (0x100 - (sum % 0x100)) % 0x100])
    .toString('hex')
    .toUpperCase()}`;
}

/** A hex file with these bytes from address 0 on. */
export function hexFile(bytes: Uint8Array): string {
  const records: string[] = [];
  for (let at = 0; at < bytes.length; at += RECORD_BYTES) {
    const data = bytes.subarray(at, at + RECORD_BYTES);
    records.push(record(data.length, at >> 8, at & 0xff, 0, ...data));
  }
  return `${[...records, record(0, 0, 0, 1)].join('\n')}\n`;
}

/** A hex file of an assembler program. */
export function assembleHex(program: string): string {
  const { bytes, errors } = assemble(program);
  if (errors.length > 0) throw new SyntaxError(errors.join('; '));
  return hexFile(bytes);
}
