import type { ObjectPage } from '../api.ts';
import type { CopiedObject } from './landing-copy.ts';

/** Objects of a page. */
const OBJECTS_MAX = 200;

/** The objects of a landing table, or of all of quarantine, the newest first. */
export function pageOfObjects(
  objects: readonly CopiedObject[],
  table: string,
  rowsIn: (key: string) => number,
): ObjectPage {
  const found = objects.filter(({ key }) => key.startsWith(`${table}/`)).toReversed();
  return {
    total: found.length,
    objects: found
      .slice(0, OBJECTS_MAX)
      .map(({ key, bytes }) => ({ key, bytes, rows: rowsIn(key) })),
  };
}
