/** Which segment an object stands for: from their numbers a reader knows what is complete. */

/** An object of a segment. */
export interface SeriesObject {
  /** Table, bridge and spool: one series of numbers. */
  readonly series: string;
  /** From 1, without a gap. */
  readonly number: number;
  /** `damage` tells of a segment that is not there, or not as a whole. */
  readonly part: 'whole' | 'salvaged' | 'damage';
}

const KEY =
  /^(.*?)\/date=\d{4}-\d{2}-\d{2}\/(.+)-(\d{10})(?:-(salvaged|landing-damage|quarantine-damage))?\.json(?:\.gz)?$/;

/** What a key says; `undefined` when it is not one of a segment. */
export function parseSeriesKey(key: string): SeriesObject | undefined {
  const [, folder = '', name, number, part] = KEY.exec(key) ?? [];
  if (name === undefined) return undefined;
  // Damage of a landing table is told in its quarantine folder.
  const table = part === 'landing-damage' ? folder.replace('quarantine/', '') : folder;
  return {
    series: `${table}/…/${name}`,
    number: Number(number),
    part: part === undefined ? 'whole' : part === 'salvaged' ? part : 'damage',
  };
}
