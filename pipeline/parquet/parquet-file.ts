/**
 * A Parquet file (apache/parquet-format): in each row group, for every column a page with the dictionary, if it has one, and
 * one data page of version 1; then the footer, its length, and the magic again.
 */
import { ByteList } from './byte-list.ts';
import { writeStruct } from './thrift-compact.ts';
import type { ThriftStruct, ThriftValue } from './thrift-compact.ts';

/** One column of a file: texts in UTF-8, whole numbers of 64 bits, or doubles. */
export interface ParquetField {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number';
  readonly nullable: boolean;
}

/** The pages of one column of a row group, before compression. */
export interface ColumnPages {
  readonly field: ParquetField;
  /** Rows, those without a value included. */
  readonly rows: number;
  /** The page with the different values, and how many there are, where the data page has their numbers. */
  readonly dictionary: { readonly bytes: Uint8Array; readonly values: number } | undefined;
  readonly data: Uint8Array;
}

/** How pages are compressed: its number in the format, and what does it. */
export interface ParquetCodec {
  readonly number: number;
  readonly compress: (bytes: Uint8Array) => Uint8Array;
}

/** Pages as they are. */
export const UNCOMPRESSED: ParquetCodec = { number: 0, compress: (bytes) => bytes };
/** The number of gzip in the format. */
export const GZIP_CODEC = 2;

const MAGIC = new TextEncoder().encode('PAR1');
const PAGE = { data: 0, dictionary: 2 } as const;
const ENCODING = { plain: 0, rle: 3, dictionary: 8 } as const;
const TYPE: Readonly<Record<ParquetField['type'], number>> = { integer: 2, number: 5, string: 6 };
const UTF8 = 0;
const FORMAT_VERSION = 1;

const i32 = (value: number): ThriftValue => ({ i32: value });
const i64 = (value: number): ThriftValue => ({ i64: value });
const struct = (...fields: ThriftStruct): ThriftValue => ({ struct: fields });

/** How a file is written. */
export interface ParquetWriting {
  readonly fields: readonly ParquetField[];
  readonly codec: ParquetCodec;
  /** Takes the pieces of the file in their order; each is good until it returns. */
  readonly write: (piece: Uint8Array) => void;
}

/** The whole row groups that are in a file. */
export interface ParquetMark {
  /** The length of the file so far. */
  readonly bytes: number;
  readonly groups: number;
  readonly rows: number;
}

/** A file that is put together row group by row group. */
export class ParquetFile {
  readonly #writing: ParquetWriting;
  readonly #groups: ThriftValue[] = [];
  #at = 0;
  #rows = 0;

  constructor(writing: ParquetWriting) {
    this.#writing = writing;
    this.#write(MAGIC);
  }

  /** What is in the file. */
  get mark(): ParquetMark {
    return { bytes: this.#at, groups: this.#groups.length, rows: this.#rows };
  }

  /** Forgets the row groups behind a mark; whoever keeps the pieces has to forget them, too. */
  rollBack({ bytes, groups, rows }: ParquetMark): void {
    this.#at = bytes;
    this.#groups.length = groups;
    this.#rows = rows;
  }

  /** Writes a row group with the pages of all columns in their order. */
  rowGroup(columns: readonly ColumnPages[]): void {
    const chunks = columns.map((pages) => this.#writeColumn(pages));
    const rows = columns[0]?.rows ?? 0;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    this.#rows += rows;
    this.#groups.push(
      struct([1, { list: chunks.map(({ meta }) => meta) }], [2, i64(bytes)], [3, i64(rows)]),
    );
  }

  /** Writes the footer, without which the file is none. */
  end(): void {
    const { fields } = this.#writing;
    const footer = new ByteList();
    const schema = [rootElement(fields.length), ...fields.map(element)];
    writeStruct(footer, [
      [1, i32(FORMAT_VERSION)],
      [2, { list: schema }],
      [3, i64(this.#rows)],
      [4, { list: this.#groups }],
      [6, { text: 'stedi' }],
    ]);
    footer.uint32(footer.length);
    footer.append(MAGIC);
    this.#write(footer.bytes);
  }

  #write(piece: Uint8Array): void {
    this.#writing.write(piece);
    this.#at += piece.length;
  }

  /** Writes the pages of a column; gives its entry in the footer and its bytes before compression. */
  #writeColumn({ field, rows, dictionary, data }: ColumnPages): {
    readonly meta: ThriftValue;
    readonly bytes: number;
  } {
    const startAt = this.#at;
    let plainBytes = 0;
    if (dictionary !== undefined) {
      const header = struct([1, i32(dictionary.values)], [2, i32(ENCODING.plain)]);
      plainBytes += this.#writePage(dictionary.bytes, PAGE.dictionary, [[7, header]]);
    }
    const dataAt = this.#at;
    const encoding = dictionary === undefined ? ENCODING.plain : ENCODING.dictionary;
    const rle = i32(ENCODING.rle);
    const header = struct([1, i32(rows)], [2, i32(encoding)], [3, rle], [4, rle]);
    plainBytes += this.#writePage(data, PAGE.data, [[5, header]]);
    const meta = struct(
      [1, i32(TYPE[field.type])],
      [2, { list: [...new Set([ENCODING.plain, ENCODING.rle, encoding])].map(i32) }],
      [3, { list: [{ text: field.name }] }],
      [4, i32(this.#writing.codec.number)],
      [5, i64(rows)],
      [6, i64(plainBytes)],
      [7, i64(this.#at - startAt)],
      [9, i64(dataAt)],
      ...(dictionary === undefined ? [] : ([[11, i64(startAt)]] as const)),
    );
    return { meta: struct([2, i64(startAt)], [3, meta]), bytes: plainBytes };
  }

  /** Gives how many bytes the page has before compression, with its header. */
  #writePage(bytes: Uint8Array, type: number, header: ThriftStruct): number {
    const compressed = this.#writing.codec.compress(bytes);
    const head = new ByteList();
    writeStruct(head, [
      [1, i32(type)],
      [2, i32(bytes.length)],
      [3, i32(compressed.length)],
      ...header,
    ]);
    this.#write(head.bytes);
    this.#write(compressed);
    return head.length + bytes.length;
  }
}

function rootElement(columns: number): ThriftValue {
  return struct([4, { text: 'schema' }], [5, i32(columns)]);
}

function element({ name, type, nullable }: ParquetField): ThriftValue {
  return struct(
    [1, i32(TYPE[type])],
    [3, i32(nullable ? 1 : 0)],
    [4, { text: name }],
    ...(type === 'string' ? ([[6, i32(UTF8)]] as const) : []),
  );
}
