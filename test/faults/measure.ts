/** How much fault tests do: enough to find what breaks at once, or with STEDI_FAULTS=all, as in CI, all that is promised. */
const IS_ALL = process.env['STEDI_FAULTS'] === 'all';

/** How often a test with real processes lets one die. */
export const INSTANTS: number = IS_ALL ? 20 : 8;
/** Seeds of the simulation, in all files together. */
export const SEEDS: number = IS_ALL ? 10_000 : 2_000;
