import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteList } from '../../../pipeline/parquet/byte-list.ts';
import { bitWidth, writeHybrid } from '../../../pipeline/parquet/parquet-levels.ts';

/** Reads the hybrid back, as the format describes it; the last group may have more numbers than were written. */
function readHybrid(bytes: Uint8Array, bits: number): number[] {
  const values: number[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const header = varint();
    if (header % 2 === 0) {
      let value = 0;
      for (let read = 0; read < bits; read += 8) value += (bytes[at++] as number) * 2 ** read;
      for (let left = header / 2; left > 0; left--) values.push(value);
    } else {
      const count = ((header - 1) / 2) * 8;
      for (let index = 0; index < count; index++) {
        let value = 0;
        for (let bit = 0; bit < bits; bit++) {
          const place = index * bits + bit;
          value += (((bytes[at + (place >> 3)] as number) >> (place & 7)) & 1) * 2 ** bit;
        }
        values.push(value);
      }
      at += (count * bits) / 8;
    }
  }
  return values;
}

test.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [255, 8],
  [256, 9],
])('numbers up to %i need %i bits', (max, bits) => {
  expect(bitWidth(max)).toBe(bits);
});

test('what is written is what is read, with runs of any length between single numbers', () => {
  const runs = fc.array(fc.tuple(fc.nat(700), fc.integer({ min: 1, max: 40 })), { maxLength: 25 });
  fc.assert(
    fc.property(runs, (parts) => {
      const values = parts.flatMap(([value, count]) => Array<number>(count).fill(value));
      const list = new ByteList();
      writeHybrid(list, Uint32Array.from(values), 10);
      const found = readHybrid(list.bytes, 10);
      expect(found.slice(0, values.length)).toEqual(values);
      expect(found.length - values.length).toBeLessThan(8);
    }),
  );
});

test('a long run takes a few bytes', () => {
  const list = new ByteList();
  writeHybrid(list, new Uint32Array(100_000).fill(3), 2);
  expect(list.length).toBe(4);
});
