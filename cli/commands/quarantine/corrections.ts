import { readFile } from 'node:fs/promises';
import { decodeQuarantinedBytes, parseEntryId } from '../../../bridge/index.ts';
import { UsageError } from '../../exit-codes.ts';

/**
 * Reads a file of mended originals: newline-delimited JSON of `{id, original}`, and `encoding: "base64"` where the bytes
 * are no text. @throws UsageError that names the line which is wrong
 */
export async function readCorrections(path: string): Promise<Map<string, Uint8Array>> {
  const corrections = new Map<string, Uint8Array>();
  const lines = (await readText(path)).split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const { id, original, encoding } = parseObject(line);
    const isKnown = encoding === undefined || encoding === 'utf8' || encoding === 'base64';
    if (typeof id !== 'string' || parseEntryId(id) === undefined) {
      throw new UsageError(`${path}, line ${index + 1}: "id" is no entry of a quarantine.`);
    }
    if (typeof original !== 'string' || !isKnown) {
      throw new UsageError(
        `${path}, line ${index + 1}: write {"id": …, "original": "…"}, with "encoding": "base64" for bytes.`,
      );
    }
    const name = id.replace(/^quarantine\//, '');
    if (corrections.has(name)) {
      throw new UsageError(`${path}, line ${index + 1}: the same "id" stands in a line above.`);
    }
    corrections.set(name, decodeQuarantinedBytes(encoding, original));
  }
  return corrections;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`Cannot read ${path}. --fix takes a file of newline-delimited JSON.`);
  }
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
