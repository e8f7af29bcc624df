import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import {
  decodeMemoryFile,
  encodeHeader,
  encodeReading,
  PIECE_BYTES,
} from '../../../bridge/core/device-memory-file.ts';

const READING = {
  serialNumber: '5f8c2d1e-0a3b-4c5d-8e9f-001122334455',
  boot: '7F3A',
  seq: 65_535,
  ticks: 4_294_967_295,
};
const HEADER = { spoolId: '0f3a', hostBoot: undefined, hasEnded: true };
const FILE = Buffer.concat([encodeHeader(HEADER, crc32), encodeReading(READING, crc32)]);

it('gives back what was written', () => {
  expect(FILE).toHaveLength(2 * PIECE_BYTES);
  expect(decodeMemoryFile(FILE, crc32)).toEqual({ header: HEADER, readings: [READING] });
  const open = { spoolId: 's', hostBoot: 'b', hasEnded: false };
  expect(decodeMemoryFile(encodeHeader(open, crc32), crc32)).toEqual({
    header: open,
    readings: [],
  });
});

it('believes nothing of a piece with a changed byte', () => {
  for (let at = 0; at < FILE.length; at++) {
    const damaged = Buffer.from(FILE);
    damaged[at] = (damaged[at] as number) ^ 1;
    const { header, readings } = decodeMemoryFile(damaged, crc32);
    expect([header, readings]).toEqual(at < PIECE_BYTES ? [undefined, [READING]] : [HEADER, []]);
  }
});

it('believes nothing of a file that is cut off, or that holds what no device says', () => {
  expect(decodeMemoryFile(FILE.subarray(0, FILE.length - 1), crc32).readings).toEqual([]);
  expect(decodeMemoryFile(new Uint8Array(), crc32)).toEqual({ header: undefined, readings: [] });
  for (const change of [
    { seq: 65_536 },
    { ticks: 4_294_967_296 },
    { serialNumber: 'x' },
    { boot: '7f3a' },
  ]) {
    const piece = encodeReading({ ...READING, ...change }, crc32);
    expect(decodeMemoryFile(Buffer.concat([FILE, piece]), crc32).readings).toEqual([READING]);
  }
});
