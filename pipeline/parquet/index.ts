/** Writes Parquet files: fast, of plain or dictionary pages, with nothing that a reader may stumble over. */
export { ByteList } from './byte-list.ts';
export { int64Bytes, levelBytes, numberedBytes } from './page-bytes.ts';
export { GZIP_CODEC, ParquetFile, UNCOMPRESSED } from './parquet-file.ts';
export type {
  ColumnPages,
  ParquetCodec,
  ParquetField,
  ParquetMark,
  ParquetWriting,
} from './parquet-file.ts';
