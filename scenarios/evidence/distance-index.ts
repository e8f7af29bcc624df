import type { Truth, TruthDistance } from '../../simulator/index.ts';
import type { JsonRow } from './ndjson-files.ts';

/** How far the time of a landed reading may be from the truth to be taken for it, in ms. Steps are 2 s apart. */
const SAME_READING_MS = 500;

/** The readings of each box in the order of time. */
export class DistanceIndex {
  readonly #bySerial = new Map<string, TruthDistance[]>();

  constructor(readings: readonly Truth[] = []) {
    for (const truth of readings) this.add(truth);
  }

  /** Adds a reading; of one without a box, and of a sample, there is nothing to find. */
  add(truth: Truth): void {
    if (truth.kind !== 'distance' || truth.serialNumber === undefined) return;
    const list = this.#bySerial.get(truth.serialNumber);
    if (list === undefined) {
      this.#bySerial.set(truth.serialNumber, [truth]);
      return;
    }
    // Readings come in the order of time, but for those of one moment that several devices note.
    let place = list.length;
    while (place > 0 && (list[place - 1] as TruthDistance).atMs > truth.atMs) place--;
    list.splice(place, 0, truth);
  }

  /** The reading of this box, with this distance, that is nearest in time. */
  find(row: JsonRow): TruthDistance | undefined {
    const list = this.#bySerial.get(String(row['serialNumber'])) ?? [];
    const timeMs = Number(row['sensorReadingTime']);
    let nearest: TruthDistance | undefined;
    for (let index = firstAtOrAfter(list, timeMs - SAME_READING_MS); index < list.length; index++) {
      const truth = list[index] as TruthDistance;
      if (truth.atMs > timeMs + SAME_READING_MS) break;
      if (truth.distance !== row['distanceFromObject']) continue;
      const isNearer =
        nearest === undefined || Math.abs(truth.atMs - timeMs) < Math.abs(nearest.atMs - timeMs);
      if (isNearer) nearest = truth;
    }
    return nearest;
  }
}

function firstAtOrAfter(list: readonly TruthDistance[], timeMs: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as TruthDistance).atMs < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
