/** Rows of one kind become the bytes of one object. */
import { gzipSync } from 'node:zlib';
import { ByteList, GZIP_CODEC, ParquetFile } from '../../pipeline/index.ts';
import { LANDING_COLUMNS } from './core/landing-columns.ts';
import type { LandingObjectKind } from './core/landing-columns.ts';
import type { LandingFormat } from './core/landing-keys.ts';
import type { LandingHousehold } from './core/landing-rows.ts';
import { ndjsonText } from './core/ndjson-text.ts';
import { ParquetColumn } from './parquet-column.ts';

/** Takes the rows of households, and gives the object. */
export interface ObjectBuilder {
  add(household: LandingHousehold): void;
  /** The bytes of all rows; valid until the next builder of this kind is made. */
  finish(): Uint8Array;
}

/** A member of a gzip stream grows by this much at a time; the default of 16 kB makes thousands of pieces of an object. */
const GZIP_CHUNK_BYTES = 1 << 20;
const FIRST_BYTES = 1 << 20;

/** Makes builders of one format. Line buffers are used again for the next object, as they are large. */
export class ObjectBuilders {
  readonly #format: LandingFormat;
  readonly #lines = new Map<LandingObjectKind, Buffer>();

  constructor(format: LandingFormat) {
    this.#format = format;
  }

  open(kind: LandingObjectKind): ObjectBuilder {
    if (this.#format === 'parquet') return new ParquetBuilder(kind);
    const isPlain = this.#format === 'ndjson';
    return new LineBuilder(kind, this.#lines, (lines) => (isPlain ? lines : gzip(lines)));
  }
}

/** Level 1: sessions repeat so much that more effort wins little, and takes several times as long. */
function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 1, chunkSize: GZIP_CHUNK_BYTES });
}

class LineBuilder implements ObjectBuilder {
  readonly #kind: LandingObjectKind;
  readonly #buffers: Map<LandingObjectKind, Buffer>;
  readonly #pack: (lines: Uint8Array) => Uint8Array;
  #buffer: Buffer;
  #length = 0;

  constructor(
    kind: LandingObjectKind,
    buffers: Map<LandingObjectKind, Buffer>,
    pack: (lines: Uint8Array) => Uint8Array,
  ) {
    this.#kind = kind;
    this.#buffers = buffers;
    this.#pack = pack;
    this.#buffer = buffers.get(kind) ?? Buffer.allocUnsafe(FIRST_BYTES);
  }

  add(household: LandingHousehold): void {
    const text = ndjsonText(household, this.#kind);
    // A character takes at most three bytes.
    this.#reserve(3 * text.length);
    this.#length += this.#buffer.write(text, this.#length, 'utf8');
  }

  finish(): Uint8Array {
    this.#buffers.set(this.#kind, this.#buffer);
    return this.#pack(this.#buffer.subarray(0, this.#length));
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#length + more, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

class ParquetBuilder implements ObjectBuilder {
  readonly #kind: LandingObjectKind;
  readonly #columns: readonly (readonly [name: string, column: ParquetColumn])[];

  constructor(kind: LandingObjectKind) {
    this.#kind = kind;
    this.#columns = LANDING_COLUMNS[kind].map((column) => [column.name, new ParquetColumn(column)]);
  }

  add(household: LandingHousehold): void {
    const rows = household[this.#kind] as readonly object[];
    for (const [name, column] of this.#columns) {
      for (const row of rows) {
        column.add((row as Readonly<Record<string, string | number | undefined>>)[name]);
      }
    }
  }

  finish(): Uint8Array {
    const pages = this.#columns.map(([, column]) => column.pages());
    const fields = pages.map(({ field }) => field);
    const bytes = new ByteList();
    const file = new ParquetFile({
      fields,
      codec: { number: GZIP_CODEC, compress: gzip },
      write: (piece) => bytes.append(piece),
    });
    file.rowGroup(pages);
    file.end();
    return bytes.bytes;
  }
}
