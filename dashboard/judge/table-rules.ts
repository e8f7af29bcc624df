/** What makes a row of a zone leak or be wrong, table by table. */
import { accelerationKey, distanceKey, isTakenFor, judgePair } from '../../scenarios/index.ts';
import type { Evidence } from '../../scenarios/index.ts';
import type { ZoneRow } from '../../pipeline/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { DemoTable } from '../api.ts';
import { LEAKED, NONE, WRONG } from './row-marks.ts';

/** What a row is, and who and what stands behind it. */
export interface RowFinding {
  /** {@link LEAKED}, {@link WRONG}, both or 0. */
  readonly flags: number;
  /** Number of the first reading behind it, or of the customer; NONE where there is none. */
  readonly first: number;
  /** Number of the phone sample of a pair. */
  readonly second: number;
  /** The people it is about. */
  readonly people: readonly number[];
  /** The step is given to somebody who did not make it, or to several people. */
  readonly isMisattributed: boolean;
  /** Step and sample are of two people. */
  readonly isMixed: boolean;
}

/** Judges the rows of one table one after the other: that a row was there before is wrong as well. */
export class TableRules {
  readonly #evidence: Evidence;
  readonly #table: DemoTable;
  readonly #seen = new Set<number>();
  readonly #seenPairs = new Set<string>();
  readonly #usedTrainers: ReadonlySet<string>;

  /** `usedTrainers` holds who was on which trainer, as {@link trainerKey} writes it. */
  constructor(evidence: Evidence, table: DemoTable, usedTrainers: ReadonlySet<string>) {
    this.#evidence = evidence;
    this.#table = table;
    this.#usedTrainers = usedTrainers;
  }

  judge(row: ZoneRow): RowFinding {
    switch (this.#table) {
      case 'customer_trusted':
      case 'customer_curated':
        return this.#judgeCustomer(row);
      case 'accelerometer_trusted':
        return this.#judgeSample(row);
      case 'step_trainer_trusted':
        return this.#judgeStep(row);
      case 'machine_learning_curated':
        return this.#judgePair(row);
    }
  }

  #judgeCustomer(row: ZoneRow): RowFinding {
    const person = this.#evidence.customerOf(row);
    if (person === undefined) return finding({ isWrong: true });
    const trainer = row['trainerSerialNumber'];
    const isForeign =
      typeof trainer === 'string' && !this.#usedTrainers.has(trainerKey(person, trainer));
    return finding({
      people: [person],
      first: person,
      isLeaked: this.#evidence.consentFrom(person) === undefined,
      isWrong: isForeign || this.#isRepeated(person),
    });
  }

  #judgeSample(row: ZoneRow): RowFinding {
    const key = accelerationKey(String(row['user']), row);
    const truth = this.#evidence.landed.accelerationByKey.get(key);
    if (truth === undefined) return finding({ isWrong: true });
    return finding({
      people: [truth.person],
      first: truth.id,
      isLeaked: this.#isLeak(truth, Number(row['timeStamp'])),
      isWrong: this.#isRepeated(truth.id),
    });
  }

  #judgeStep(row: ZoneRow): RowFinding {
    const truth = this.#evidence.landed.distanceByKey.get(distanceKey(row));
    if (truth === undefined) return finding({ isWrong: true });
    const believed = this.#evidence.believedPeople(row);
    const isTaken = isTakenFor(this.#evidence, believed, truth.person);
    return finding({
      people: [truth.person],
      first: truth.id,
      isLeaked: this.#isLeak(truth, Number(row['sensorReadingTime'])),
      isWrong: this.#isRepeated(truth.id) || !isTaken,
      isMisattributed: believed.length > 0 && !isTaken,
    });
  }

  #judgePair(row: ZoneRow): RowFinding {
    const { verdict, distance, acceleration } = judgePair(this.#evidence, row);
    const readings = [distance, acceleration].filter((truth) => truth !== undefined);
    const timeMs = Number(row['sensorReadingTime']);
    return finding({
      people: [...new Set(readings.map(({ person }) => person))],
      first: distance?.id ?? NONE,
      second: acceleration?.id ?? NONE,
      isLeaked: readings.some((truth) => this.#isLeak(truth, timeMs)),
      isWrong: verdict !== 'right' || this.#isRepeatedPair(distance, acceleration),
      isMixed: verdict === 'mixed',
    });
  }

  /** A device that nobody of this world is on tells of nobody who could have refused. */
  #isLeak({ person }: Truth, timeMs: number): boolean {
    return person !== NOBODY && !this.#evidence.mayBeUsed(person, timeMs);
  }

  #isRepeated(number: number): boolean {
    if (this.#seen.has(number)) return true;
    this.#seen.add(number);
    return false;
  }

  #isRepeatedPair(step: Truth | undefined, sample: Truth | undefined): boolean {
    const key = `${step?.id}|${sample?.id}`;
    if (this.#seenPairs.has(key)) return true;
    this.#seenPairs.add(key);
    return false;
  }
}

/** Names a person on a trainer. */
export function trainerKey(person: number, serialNumber: string): string {
  return `${person}|${serialNumber}`;
}

function finding({
  people = [],
  first = NONE,
  second = NONE,
  isLeaked = false,
  isWrong = false,
  isMisattributed = false,
  isMixed = false,
}: Partial<Omit<RowFinding, 'flags'>> & {
  readonly isLeaked?: boolean;
  readonly isWrong?: boolean;
}): RowFinding {
  const flags = (isLeaked ? LEAKED : 0) | (isWrong ? WRONG : 0);
  return { flags, first, second, people, isMisattributed, isMixed };
}
