/** Structs in the compact protocol of Thrift, as far as the footer and the page headers of Parquet need it. */
import type { ByteList } from './byte-list.ts';

/** A value of a field. Whole numbers are not negative. */
export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly struct: ThriftStruct }
  | { readonly list: readonly ThriftValue[] };

/** Fields by their numbers, in rising order. */
export type ThriftStruct = readonly (readonly [id: number, value: ThriftValue])[];

const TYPE = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const;
const LONG_LIST = 15;

/** Writes the fields of a struct and its end. */
export function writeStruct(into: ByteList, fields: ThriftStruct): void {
  let lastId = 0;
  for (const [id, value] of fields) {
    // Field numbers here are never more than 15 apart.
    into.byte(((id - lastId) << 4) | typeOf(value));
    writeValue(into, value);
    lastId = id;
  }
  into.byte(0);
}

function typeOf(value: ThriftValue): number {
  if ('i32' in value) return TYPE.i32;
  if ('i64' in value) return TYPE.i64;
  if ('text' in value) return TYPE.text;
  return 'list' in value ? TYPE.list : TYPE.struct;
}

function writeValue(into: ByteList, value: ThriftValue): void {
  // Signed numbers are zigzag: those that are not negative come out doubled.
  if ('i32' in value) into.varint(2 * value.i32);
  else if ('i64' in value) into.varint(2 * value.i64);
  else if ('text' in value) writeText(into, value.text);
  else if ('list' in value) writeList(into, value.list);
  else writeStruct(into, value.struct);
}

function writeText(into: ByteList, text: string): void {
  const bytes = new TextEncoder().encode(text);
  into.varint(bytes.length);
  into.append(bytes);
}

function writeList(into: ByteList, items: readonly ThriftValue[]): void {
  const type = items[0] === undefined ? TYPE.struct : typeOf(items[0]);
  if (items.length < LONG_LIST) {
    into.byte((items.length << 4) | type);
  } else {
    into.byte((LONG_LIST << 4) | type);
    into.varint(items.length);
  }
  for (const item of items) writeValue(into, item);
}
