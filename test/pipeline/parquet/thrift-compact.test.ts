import { expect, test } from 'vitest';
import { ByteList } from '../../../pipeline/parquet/byte-list.ts';
import { writeStruct } from '../../../pipeline/parquet/thrift-compact.ts';
import type { ThriftStruct } from '../../../pipeline/parquet/thrift-compact.ts';

test.each<[string, ThriftStruct, number[]]>([
  ['nothing but its end', [], [0]],
  ['whole numbers in zigzag', [[1, { i32: 1 }]], [0x15, 2, 0]],
  [
    'fields by the distance to the last one',
    [
      [2, { i64: 64 }],
      [5, { i32: 0 }],
    ],
    [0x26, 0x80, 1, 0x35, 0, 0],
  ],
  ['a text with its length in bytes', [[4, { text: 'aé' }]], [0x48, 3, 0x61, 0xc3, 0xa9, 0]],
  ['a struct in a struct', [[1, { struct: [[1, { i32: 3 }]] }]], [0x1c, 0x15, 6, 0, 0]],
  ['a short list', [[3, { list: [{ i32: 1 }, { i32: 2 }] }]], [0x39, 0x25, 2, 4, 0]],
])('a struct has %s', (_, fields, bytes) => {
  const list = new ByteList();
  writeStruct(list, fields);
  expect([...list.bytes]).toEqual(bytes);
});

test('a long list has its length apart', () => {
  const list = new ByteList();
  writeStruct(list, [[1, { list: Array.from({ length: 15 }, () => ({ i32: 0 })) }]]);
  expect([...list.bytes.subarray(0, 3)]).toEqual([0x19, 0xf5, 15]);
});
