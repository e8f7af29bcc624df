/** Whether two runs published the same zones: their rows have no order, and neither has their quarantine. */
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readZone, ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneTableName } from '../../pipeline/index.ts';
import { listFiles } from '../evidence/ndjson-files.ts';
import { showBoth } from './determinism-words.ts';

/**
 * The first row of a zone table, or entry of the quarantine, that only one of two runs has, in words; `undefined` when
 * there is none. Takes the folders of the zones. Files that are the same to the byte are not opened. Throws what the
 * reader of zones throws.
 */
export async function findZoneDifference(
  first: string,
  second: string,
): Promise<string | undefined> {
  for (const table of ZONE_TABLES) {
    const difference = await findTableDifference(table, first, second);
    if (difference !== undefined) return difference;
  }
  return findOddOne(
    'entry of the quarantine',
    await readQuarantine(first),
    await readQuarantine(second),
  );
}

async function findTableDifference(
  table: ZoneTableName,
  first: string,
  second: string,
): Promise<string | undefined> {
  const [left, right] = [await readBytes(join(first, table)), await readBytes(join(second, table))];
  if (left.equals(right)) return undefined;
  const rows = async (zones: string): Promise<string[]> =>
    (await readZone(zones, table)).map((row) => JSON.stringify(row));
  return findOddOne(`row of ${table}`, await rows(first), await rows(second));
}

/** The bytes of the files below a folder, one behind the other. */
async function readBytes(folder: string): Promise<Buffer> {
  return Buffer.concat(await Promise.all((await listFiles(folder)).map((path) => readFile(path))));
}

/** The entries of a quarantine, each behind the name of its table. */
async function readQuarantine(zones: string): Promise<string[]> {
  const folder = join(zones, 'quarantine');
  const entries: string[] = [];
  for (const path of await listFiles(folder)) {
    const [table = ''] = relative(folder, path).split(sep);
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    entries.push(...lines.map((line) => `${table} ${line}`));
  }
  return entries;
}

/**
 * Of two lists without an order, the first line in the order of texts that one has more often than the other, beside the
 * first one that the other has more often.
 */
export function findOddOne(
  what: string,
  first: readonly string[],
  second: readonly string[],
): string | undefined {
  const counts = new Map<string, number>();
  for (const line of first) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of second) counts.set(line, (counts.get(line) ?? 0) - 1);
  const leastOf = (isOdd: (count: number) => boolean): string | undefined => {
    let least: string | undefined;
    for (const [line, count] of counts) {
      if (isOdd(count) && (least === undefined || line < least)) least = line;
    }
    return least;
  };
  const [left, right] = [leastOf((count) => count > 0), leastOf((count) => count < 0)];
  if (left === undefined && right === undefined) return undefined;
  return `First different ${what}:\n${showBoth(left, right)}`;
}
