import type { ObjectPage } from '../api.ts';

/** Objects of a page. */
const OBJECTS_MAX = 200;

/** One page of several: the newest of each, as many of one as of the other. */
export function joinPages(pages: readonly ObjectPage[]): ObjectPage {
  const longest = Math.max(0, ...pages.map(({ objects }) => objects.length));
  const objects: ObjectPage['objects'][number][] = [];
  for (let row = 0; row < longest && objects.length < OBJECTS_MAX; row++) {
    for (const page of pages) {
      const object = page.objects[row];
      if (object !== undefined && objects.length < OBJECTS_MAX) objects.push(object);
    }
  }
  return { total: pages.reduce((sum, { total }) => sum + total, 0), objects };
}
