/** Parts of a whole as dots: whole dots that add up, and none lost of what there is a little of. */

/**
 * Gives each part its share of `dots`, by the largest remainders. A part that is there gets one dot at least, taken from
 * the largest: one wrong row in a million must be seen.
 */
export function dotShares(parts: readonly number[], dots: number): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part * dots) / whole);
  const shares = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  const left = dots - shares.reduce((sum, share) => sum + share, 0);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  parts.forEach((part, index) => {
    if (part > 0 && shares[index] === 0) {
      const largest = shares.indexOf(Math.max(...shares));
      shares[largest] = (shares[largest] ?? 0) - 1;
      shares[index] = 1;
    }
  });
  return shares;
}
