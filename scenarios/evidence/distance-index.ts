import type { Truth, TruthDistance } from '../../simulator/index.ts';
import type { JsonRow } from './ndjson-files.ts';

/** How far the time of a landed reading may be from the truth to be taken for it, in ms. Steps are 2 s apart. */
const SAME_READING_MS = 500;

/** The readings of each box in the order of time. */
export class DistanceIndex {
  readonly #bySerial = new Map<string, TruthDistance[]>();

  constructor(readings: readonly Truth[]) {
    for (const truth of readings) {
      if (truth.kind !== 'distance' || truth.serialNumber === undefined) continue;
      const list = this.#bySerial.get(truth.serialNumber) ?? [];
      if (list.length === 0) this.#bySerial.set(truth.serialNumber, list);
      list.push(truth);
    }
    for (const list of this.#bySerial.values()) list.sort((a, b) => a.atMs - b.atMs);
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
