import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteList } from '../../../pipeline/parquet/byte-list.ts';

function written(write: (list: ByteList) => void): number[] {
  const list = new ByteList();
  write(list);
  return [...list.bytes];
}

test.each([
  [0, [0]],
  [127, [0x7f]],
  [128, [0x80, 1]],
  [300, [0xac, 2]],
  [2 ** 32, [0x80, 0x80, 0x80, 0x80, 0x10]],
])('%i is the varint %j', (value, bytes) => {
  expect(written((list) => list.varint(value))).toEqual(bytes);
});

test('32 bits are little-endian', () => {
  expect(written((list) => list.uint32(0xf1020304))).toEqual([4, 3, 2, 0xf1]);
});

test('the example of the format: 0 to 7 in three bits each', () => {
  const values = Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(written((list) => list.packed(values, 3))).toEqual([0x88, 0xc6, 0xfa]);
});

describe('packed numbers', () => {
  test('can be taken apart again, at every width', () => {
    const cases = fc
      .integer({ min: 1, max: 24 })
      .chain((bits) =>
        fc.tuple(fc.constant(bits), fc.array(fc.nat(2 ** bits - 1), { maxLength: 60 })),
      );
    fc.assert(
      fc.property(cases, ([bits, values]) => {
        const bytes = written((list) => list.packed(Uint32Array.from(values), bits));
        const bitAt = (place: number): number => ((bytes[place >> 3] as number) >> (place & 7)) & 1;
        const found = values.map((_, index) => {
          let value = 0;
          for (let bit = 0; bit < bits; bit++) value += bitAt(index * bits + bit) * 2 ** bit;
          return value;
        });
        expect(found).toEqual(values);
      }),
    );
  });
});

test('grows, and keeps what was there', () => {
  const bytes = written((list) => {
    for (let index = 0; index < 5_000; index++) list.append(Uint8Array.of(index, index >> 8));
  });
  expect(bytes).toHaveLength(10_000);
  expect(bytes.slice(-2)).toEqual([4_999 & 0xff, 4_999 >> 8]);
});
