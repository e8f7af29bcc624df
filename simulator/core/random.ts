/** One seeded stream of random draws. Two streams with different names never influence each other. */
export interface Random {
  /** The next draw, 0 inclusive to 1 exclusive. */
  next(): number;
}

/** Opens the stream of a name such as `person:17/motion`; the same name gives the same draws again. */
export type RandomStreams = (name: string) => Random;

/** A whole number from `min` to `max`, both inclusive. */
export function drawInteger(random: Random, min: number, max: number): number {
  return min + Math.floor(random.next() * (max - min + 1));
}

/** A number from minus to plus `bound`. */
export function drawBetween(random: Random, bound: number): number {
  return (2 * random.next() - 1) * bound;
}

/** True with the given probability, 0–1. */
export function drawChance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** One of `items`, which must not be empty. */
export function drawOne<Item>(random: Random, items: readonly Item[]): Item {
  return items[drawInteger(random, 0, items.length - 1)] as Item;
}

/** A random (version 4) UUID in lower case. */
export function drawUuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => drawInteger(random, 0, 15));
  digits[12] = 4;
  digits[16] = 8 + ((digits[16] as number) & 3);
  const hex = digits.map((digit) => digit.toString(16)).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
