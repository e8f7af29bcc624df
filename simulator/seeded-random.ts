import seedrandom from 'seedrandom';
import type { RandomStreams } from './core/random.ts';

/** Random streams of one seed. Each name has a generator of its own, seeded with `<seed>/<name>`. */
export function seededStreams(seed: number): RandomStreams {
  return (name) => ({ next: seedrandom.alea(`${seed}/${name}`) });
}
