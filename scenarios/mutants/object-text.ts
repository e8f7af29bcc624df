/** The text of landing objects, for mutants that read it wrongly. */
import { gunzipSync } from 'node:zlib';
import type { LandingBytes } from './landing-reader.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const BYTE_ORDER_MARK = '\uFEFF';

/** Whether bytes are packed with gzip. */
export function isPacked(bytes: Buffer): boolean {
  return bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
}

/** What is in bytes that are packed or not; `undefined` when they are packed and damaged. */
export function unpack(bytes: Buffer): Buffer | undefined {
  if (!isPacked(bytes)) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

/** A way to take objects that changes their text. Bytes that are damaged stay as they are, and so do those of a text that stays. */
export function changeText(change: (text: string) => string): (object: LandingBytes) => Buffer {
  return ({ bytes }) => {
    const text = unpack(bytes)?.toString('utf8');
    if (text === undefined) return bytes;
    const changed = change(text);
    return changed === text ? bytes : Buffer.from(changed);
  };
}

/** A way to take objects that changes the list of their records. Text stays as it is where all records stay. */
export function changeRecords(
  change: (records: readonly string[]) => readonly string[],
): (object: LandingBytes) => Buffer {
  return changeText((text) => {
    const records = recordsOf(text);
    const changed = change(records);
    return changed.length === records.length ? text : changed.map((line) => `${line}\n`).join('');
  });
}

/** Whether a record is no JSON. */
export function isBroken(record: string): boolean {
  try {
    JSON.parse(record);
    return false;
  } catch {
    return true;
  }
}

/** The records of a text, whether they stand in lines or behind each other; none of them holds another object. */
function recordsOf(text: string): string[] {
  return text
    .replace(BYTE_ORDER_MARK, '')
    .replaceAll('}{', '}\n{')
    .split(/\r?\n/)
    .filter((record) => record !== '');
}
