/** Delta debugging: what of a list, of a range, or of an amount is needed for something to fail. */

/** Finds the first of some candidates that still fails; `undefined` when all of them pass. It takes no more than it needs. */
export type FindFailing<Part> = (candidates: Iterable<Part>) => Promise<Part | undefined>;

/**
 * Reduces a list with which something fails to one of which no single item can be left out. Halves are tried first, then
 * quarters, and so on, each alone and each left out. Items keep their order.
 */
export async function reduceList<Item>(
  items: readonly Item[],
  find: FindFailing<readonly Item[]>,
): Promise<readonly Item[]> {
  if (items.length === 0 || (await find([[]])) !== undefined) return [];
  let rest = items;
  let parts = 2;
  while (rest.length > 1) {
    const count = Math.min(parts, rest.length);
    const found = await find(smallerLists(rest, count));
    if (found !== undefined) {
      const isPart = found.length <= Math.ceil(rest.length / count);
      parts = isPart ? 2 : Math.max(2, count - 1);
      rest = found;
    } else if (count === rest.length) {
      break;
    } else {
      parts = count * 2;
    }
  }
  return rest;
}

/** Each of so many parts of a list, and then what is left without each. */
function* smallerLists<Item>(items: readonly Item[], parts: number): Generator<readonly Item[]> {
  const startOf = (part: number): number => Math.floor((items.length * part) / parts);
  for (let part = 0; part < parts; part++) yield items.slice(startOf(part), startOf(part + 1));
  // Of two halves, each is what is left without the other.
  if (parts === 2) return;
  for (let part = 0; part < parts; part++) {
    yield [...items.slice(0, startOf(part)), ...items.slice(startOf(part + 1))];
  }
}

/** What is known of a list: some items are likely to be needed, and others are not. */
export interface Ranked<Item> {
  readonly likely: readonly Item[];
  /** The likelier ones first. */
  readonly others: readonly Item[];
}

/**
 * Reduces a list with which something fails to some items of which most are needed: from the likely ones on, it looks for
 * the fewest others, from the first one on, with which it fails; the last of those is needed, and the rest is asked again.
 * Few are tried before many, which is fast where few are enough.
 */
export async function gather<Item>(
  { likely, others }: Ranked<Item>,
  find: FindFailing<readonly Item[]>,
): Promise<readonly Item[]> {
  let [needed, rest] = [likely, others];
  while (rest.length > 0 && (await find([needed])) === undefined) {
    const count = await fewest(needed, rest, find);
    needed = [...needed, rest[count - 1] as Item];
    rest = rest.slice(0, count - 1);
  }
  return needed;
}

/** How many of the others it takes, from the first one on; all of them are known to be enough. */
async function fewest<Item>(
  needed: readonly Item[],
  others: readonly Item[],
  find: FindFailing<readonly Item[]>,
): Promise<number> {
  const growing: number[] = [];
  for (let count = 1; count < others.length; count *= 2) growing.push(count);
  const first = async (counts: readonly number[]): Promise<number | undefined> => {
    const found = await find(counts.map((count) => [...needed, ...others.slice(0, count)]));
    return found === undefined ? undefined : found.length - needed.length;
  };
  let fails = (await first(growing)) ?? others.length;
  let passes = growing.findLast((count) => count < fails) ?? 0;
  while (fails - passes > 1) {
    const third = Math.max(1, Math.floor((fails - passes) / 3));
    const tried = [...new Set([passes + third, Math.min(fails - 1, passes + 2 * third)])];
    const found = await first(tried);
    passes =
      found === undefined
        ? (tried.at(-1) as number)
        : (tried.findLast((count) => count < found) ?? passes);
    fails = found ?? fails;
  }
  return fails;
}

/** A range of whole numbers, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Reduces a range with which something fails to one that fails neither without its first number nor without its last. */
export async function reduceRange(range: Range, find: FindFailing<Range>): Promise<Range> {
  let left = range;
  for (let cut = (left.last - left.first + 1) >> 1; cut >= 1; cut >>= 1) {
    let found: Range | undefined = left;
    while (found !== undefined) {
      left = found;
      const { first, last }: Range = left;
      if (last - first < cut) break;
      found = await find([
        { first, last: last - cut },
        { first: first + cut, last },
      ]);
    }
  }
  return left;
}

/** An amount that can be lowered: with `most` something fails, and less than `least` makes no sense. */
export interface Amount {
  readonly least: number;
  readonly most: number;
  /** Amounts are told apart by this much, or by a tenth where that is more. */
  readonly step: number;
}

/** Two amounts closer than this share of themselves are not worth a try. */
const RESOLUTION = 0.1;

/** Lowers an amount with which something fails to one that passes when it is lowered further: by a step, or by a tenth. */
export async function reduceAmount(
  { least, most, step }: Amount,
  find: FindFailing<number>,
): Promise<number> {
  if (most <= least) return most;
  if ((await find([least])) !== undefined) return least;
  let [passes, fails] = [least, most];
  while (fails - passes > Math.max(step, fails * RESOLUTION)) {
    const middle = passes + Math.max(1, Math.round((fails - passes) / 2 / step)) * step;
    if (middle >= fails) break;
    if ((await find([middle])) === undefined) passes = middle;
    else fails = middle;
  }
  return fails;
}
