/** Noise as a function of time: the same seed and time always give the same value, in whatever order they are asked for. */

const UINT32 = 2 ** 32;
/** The sum of this many even draws is close enough to a normal distribution, and never above 3.5 deviations. */
const DRAWS = 4;

/**
 * White noise of mean 0 and standard deviation 1 at a time in whole ms. Other seeds (uint32) give unrelated noise.
 */
export function noiseAt(seed: number, timeMs: number): number {
  const low = timeMs % UINT32;
  const high = Math.floor(timeMs / UINT32);
  let hash = mix(seed ^ mix(high));
  let sum = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    hash = mix(hash ^ mix(low + Math.imul(draw + 1, 0x9e3779b9)));
    sum += hash / UINT32;
  }
  // One even draw on 0–1 has a variance of 1/12.
  return (sum - DRAWS / 2) / Math.sqrt(DRAWS / 12);
}

/** A permutation of the numbers of 32 bits in which each bit of the input changes about half of the output. */
function mix(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
