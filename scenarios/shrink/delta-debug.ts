/** Delta debugging: what of a list, or of a range, is needed for something to fail. */

/** Whether it still fails with this much. */
export type Fails<Part> = (part: Part) => Promise<boolean>;

/**
 * Reduces a list with which something fails to one of which no single item can be left out. Halves are tried first, then
 * quarters, and so on, each alone and each left out. Items keep their order.
 */
export async function reduceList<Item>(
  items: readonly Item[],
  fails: Fails<readonly Item[]>,
): Promise<readonly Item[]> {
  if (items.length === 0 || (await fails([]))) return [];
  let rest = items;
  let parts = 2;
  while (rest.length > 1) {
    const found = await findSmaller(rest, Math.min(parts, rest.length), fails);
    if (found !== undefined) {
      rest = found.rest;
      parts = Math.max(2, found.isPart ? 2 : parts - 1);
    } else if (parts >= rest.length) {
      break;
    } else {
      parts *= 2;
    }
  }
  return rest;
}

async function findSmaller<Item>(
  items: readonly Item[],
  parts: number,
  fails: Fails<readonly Item[]>,
): Promise<{ readonly rest: readonly Item[]; readonly isPart: boolean } | undefined> {
  const chunks = split(items, parts);
  for (const chunk of chunks) {
    if (chunk.length < items.length && (await fails(chunk))) return { rest: chunk, isPart: true };
  }
  // Of two halves, each is what is left without the other.
  if (parts === 2) return undefined;
  for (const chunk of chunks) {
    const left = items.filter((item) => !chunk.includes(item));
    if (await fails(left)) return { rest: left, isPart: false };
  }
  return undefined;
}

function split<Item>(items: readonly Item[], parts: number): (readonly Item[])[] {
  return Array.from({ length: parts }, (_, part) =>
    items.slice(
      Math.floor((items.length * part) / parts),
      Math.floor((items.length * (part + 1)) / parts),
    ),
  );
}

/** A range of whole numbers, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Reduces a range with which something fails to one that fails neither without its first number nor without its last. */
export async function reduceRange(range: Range, fails: Fails<Range>): Promise<Range> {
  let { first, last } = range;
  for (let cut = (last - first + 1) >> 1; cut >= 1; cut >>= 1) {
    let isCut = true;
    while (isCut && last - first >= cut) {
      isCut = false;
      if (await fails({ first, last: last - cut })) {
        last -= cut;
        isCut = true;
      } else if (await fails({ first: first + cut, last })) {
        first += cut;
        isCut = true;
      }
    }
  }
  return { first, last };
}
