/** What a pipeline put into quarantine, as its output folder holds it. */
import { join } from 'node:path';
import { readRows } from './ndjson-files.ts';

/** One entry of a pipeline's quarantine. */
export interface SetAside {
  /** Key of the object below the landing zone. */
  readonly file: string;
  readonly reason: string;
  /** The bytes as text, one character per byte where they are no UTF-8. */
  readonly original: string;
}

/** Reads the quarantine in the zones of a run, which has none of it when nothing was set aside. */
export async function readSetAside(zones: string): Promise<SetAside[]> {
  const found: SetAside[] = [];
  for await (const rows of readRows(join(zones, 'quarantine'))) {
    for (const row of rows) {
      const { file, reason, original, originalBase64 } = row;
      const bytes = Buffer.from(String(originalBase64), 'base64');
      const text = typeof original === 'string' ? original : bytes.toString('latin1');
      found.push({ file: String(file), reason: String(reason), original: text });
    }
  }
  return found;
}
