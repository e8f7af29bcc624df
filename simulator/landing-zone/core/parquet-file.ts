/**
 * A Parquet file of one row group (apache/parquet-format): for every column a page with the dictionary, if it has one,
 * and one data page of version 1, each gzip-compressed; then the footer, its length, and the magic again.
 */
import { ByteList } from './byte-list.ts';
import type { LandingColumn } from './landing-columns.ts';
import type { ColumnPages } from './parquet-column.ts';
import { writeStruct } from './thrift-compact.ts';
import type { ThriftStruct, ThriftValue } from './thrift-compact.ts';

const MAGIC = new TextEncoder().encode('PAR1');
const PAGE = { data: 0, dictionary: 2 } as const;
const ENCODING = { plain: 0, rle: 3, dictionary: 8 } as const;
const TYPE: Readonly<Record<LandingColumn['type'], number>> = {
  integer: 2,
  time: 2,
  number: 5,
  string: 6,
};
const GZIP = 2;
const UTF8 = 0;
const FORMAT_VERSION = 1;

const i32 = (value: number): ThriftValue => ({ i32: value });
const i64 = (value: number): ThriftValue => ({ i64: value });
const struct = (...fields: ThriftStruct): ThriftValue => ({ struct: fields });

/** Puts a file together; `gzip` compresses one page. */
export function parquetFile(
  columns: readonly ColumnPages[],
  gzip: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const file = new ByteList();
  file.append(MAGIC);
  const chunks = columns.map((pages) => writeColumn(file, pages, gzip));
  const rows = columns[0]?.rows ?? 0;
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  const footerAt = file.length;
  writeStruct(file, [
    [1, i32(FORMAT_VERSION)],
    [2, { list: [rootElement(columns.length), ...columns.map(({ column }) => element(column))] }],
    [3, i64(rows)],
    [
      4,
      {
        list: [
          struct([1, { list: chunks.map(({ meta }) => meta) }], [2, i64(bytes)], [3, i64(rows)]),
        ],
      },
    ],
    [6, { text: 'stedi' }],
  ]);
  file.uint32(file.length - footerAt);
  file.append(MAGIC);
  return file.bytes;
}

function rootElement(columns: number): ThriftValue {
  return struct([4, { text: 'schema' }], [5, i32(columns)]);
}

function element({ name, type, nullable }: LandingColumn): ThriftValue {
  return struct(
    [1, i32(TYPE[type])],
    [3, i32(nullable ? 1 : 0)],
    [4, { text: name }],
    ...(type === 'string' ? ([[6, i32(UTF8)]] as const) : []),
  );
}

/** Writes the pages of a column; gives its entry in the footer and its bytes before compression. */
function writeColumn(
  file: ByteList,
  { column, rows, dictionary, data }: ColumnPages,
  gzip: (bytes: Uint8Array) => Uint8Array,
): { readonly meta: ThriftValue; readonly bytes: number } {
  const startAt = file.length;
  let plainBytes = 0;
  const writePage = (bytes: Uint8Array, type: number, header: ThriftStruct): void => {
    const compressed = gzip(bytes);
    const pageAt = file.length;
    writeStruct(file, [
      [1, i32(type)],
      [2, i32(bytes.length)],
      [3, i32(compressed.length)],
      ...header,
    ]);
    plainBytes += file.length - pageAt + bytes.length;
    file.append(compressed);
  };
  if (dictionary !== undefined) {
    const header = struct([1, i32(dictionary.values)], [2, i32(ENCODING.plain)]);
    writePage(dictionary.bytes, PAGE.dictionary, [[7, header]]);
  }
  const dataAt = file.length;
  const encoding = dictionary === undefined ? ENCODING.plain : ENCODING.dictionary;
  writePage(data, PAGE.data, [
    [5, struct([1, i32(rows)], [2, i32(encoding)], [3, i32(ENCODING.rle)], [4, i32(ENCODING.rle)])],
  ]);
  const meta = struct(
    [1, i32(TYPE[column.type])],
    [2, { list: [...new Set([ENCODING.plain, ENCODING.rle, encoding])].map(i32) }],
    [3, { list: [{ text: column.name }] }],
    [4, i32(GZIP)],
    [5, i64(rows)],
    [6, i64(plainBytes)],
    [7, i64(file.length - startAt)],
    [9, i64(dataAt)],
    ...(dictionary === undefined ? [] : ([[11, i64(startAt)]] as const)),
  );
  return { meta: struct([2, i64(startAt)], [3, meta]), bytes: plainBytes };
}
