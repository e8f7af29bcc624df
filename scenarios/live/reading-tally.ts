import { NOBODY } from '../../simulator/index.ts';
import type { Truth } from '../../simulator/index.ts';

/** Counts readings as they are made, by person, station and real port. */
export class ReadingTally {
  readonly #stationOf: readonly number[];
  readonly #samples = new Map<number, number>();
  readonly #distances = new Map<number | string, number>();

  /** `stationOf` gives the station of each person. */
  constructor(stationOf: readonly number[]) {
    this.#stationOf = stationOf;
  }

  /** Counts a reading of the world. */
  add({ kind, person }: Pick<Truth, 'kind' | 'person'>): void {
    if (person === NOBODY) return;
    if (kind === 'acceleration') count(this.#samples, person);
    else count(this.#distances, this.#stationOf[person] as number);
  }

  /** Counts a reading of a real device. */
  addFrom(path: string): void {
    count(this.#distances, path);
  }

  /** How many samples the phone of a person took. */
  samplesOf(person: number): number {
    return this.#samples.get(person) ?? 0;
  }

  /** How many distances were measured at a station. */
  distancesAt(station: number): number {
    return this.#distances.get(station) ?? 0;
  }

  /** How many distances came from the device on a real port. */
  distancesFrom(path: string): number {
    return this.#distances.get(path) ?? 0;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
