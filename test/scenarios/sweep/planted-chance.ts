/** Loaded into a worker, it makes one stream of the simulator as unforeseeable as anything: what a check has to find. */
import seedrandom from 'seedrandom';

const open = seedrandom.alea;
seedrandom.alea = Object.assign(
  ((seed: string) =>
    seed.endsWith('/person:2/identity') ? () => Math.random() : open(seed)) as typeof open,
  open,
);
