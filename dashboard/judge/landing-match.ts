/** Finds the truth behind each row that lands, object by object, so that what was matched once stays so. */
import {
  accelerationKey,
  DistanceIndex,
  distanceKey,
  readUnpacked,
} from '../../scenarios/index.ts';
import type { Landed, LandedReading } from '../../scenarios/index.ts';
import type { Truth, TruthAcceleration, TruthDistance, World } from '../../simulator/index.ts';
import type { CopiedObject } from './landing-copy.ts';

/** Rows without a truth that are looked up again next time: the truth may be written down a moment later. */
const WAITING_MAX = 10_000;
/** Why the bridge refuses a reading when nobody is in front of the trainer: its line is whole, and no damage. */
const NO_ECHO = 'distance-out-of-range';

type Row = Readonly<Record<string, unknown>>;

/** What has landed, as the truth sees it. Grows with each call; the maps that it gives grow with it. */
export class LandingMatch {
  readonly #world: World;
  readonly #people = new Map<string, number>();
  readonly #distances = new DistanceIndex();
  readonly #readings = new Map<number, LandedReading>();
  readonly #distanceByKey = new Map<string, TruthDistance>();
  readonly #accelerationByKey = new Map<string, TruthAcceleration>();
  readonly #rowsByKey = new Map<string, number>();
  readonly #toldUntilMs: (number | undefined)[];
  #waiting: Row[] = [];
  #indexed = 0;
  #rows = 0;
  #unexpected = 0;
  #quarantined = 0;

  constructor(world: World) {
    this.#world = world;
    this.#toldUntilMs = world.people.map(() => undefined);
    for (const { id, identity, registeredAtMs } of world.people) {
      this.#people.set(`${identity.email.toLowerCase()}|${registeredAtMs}`, id);
    }
  }

  /** Until when the customer feed tells of each person, in epoch ms. */
  get toldUntilMs(): readonly (number | undefined)[] {
    return this.#toldUntilMs;
  }

  /** Lines and messages in quarantine that are there for another reason than that nobody was in front of the trainer. */
  get quarantined(): number {
    return this.#quarantined;
  }

  /** Rows of an object, by its key. */
  rowsIn(key: string): number {
    return this.#rowsByKey.get(key) ?? 0;
  }

  /** What oracles look at. That rows are misshapen or in quarantine is not looked for here. */
  get landed(): Landed {
    return {
      readings: this.#readings,
      unexpectedRows: this.#unexpected + this.#waiting.length,
      unexpected: [],
      rows: this.#rows,
      misshapen: { checked: 0, rows: 0, first: [] },
      lostByDirt: new Set(),
      quarantined: new Set(),
      refusedLines: new Map(),
      distanceByKey: this.#distanceByKey,
      accelerationByKey: this.#accelerationByKey,
    };
  }

  /** Takes the readings that were added to the truth since the last call. True when rows are theirs that landed before. */
  addTruths(readings: readonly Truth[]): boolean {
    for (; this.#indexed < readings.length; this.#indexed++) {
      const truth = readings[this.#indexed];
      if (truth === undefined) continue;
      if (truth.kind === 'distance') this.#distances.add(truth);
      else this.#accelerationByKey.set(accelerationKey(this.#emailOf(truth), truth), truth);
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const row of waiting) this.#match(row);
    return this.#waiting.length < waiting.length;
  }

  /** Takes the rows of an object. @throws SyntaxError when a line of it is no JSON, which no bridge writes */
  async addObject({ key, path }: CopiedObject): Promise<void> {
    const lines = (await readUnpacked(path)).split('\n').filter((line) => line !== '');
    this.#rowsByKey.set(key, lines.length);
    if (key.startsWith('quarantine/')) {
      const reasons = lines.map((line) => (JSON.parse(line) as Row)['reason']);
      this.#quarantined += reasons.filter((reason) => reason !== NO_ECHO).length;
    } else if (key.startsWith('customer_landing/')) {
      for (const line of lines) this.#noteCustomer(JSON.parse(line) as Row);
    } else {
      this.#rows += lines.length;
      for (const line of lines) this.#match(JSON.parse(line) as Row);
    }
  }

  #noteCustomer(row: Row): void {
    const email = String(row['email']).toLowerCase();
    const person = this.#people.get(`${email}|${String(row['registrationDate'])}`);
    if (person === undefined) return;
    const untilMs = Math.max(this.#toldUntilMs[person] ?? 0, Number(row['lastUpdateDate']));
    this.#toldUntilMs[person] = untilMs;
  }

  #match(row: Row): void {
    const isDistance = 'distanceFromObject' in row;
    const truth = isDistance
      ? this.#distances.find(row)
      : this.#accelerationByKey.get(accelerationKey(String(row['user']), row));
    if (truth === undefined) {
      if (this.#waiting.length < WAITING_MAX) this.#waiting.push(row);
      else this.#unexpected++;
      return;
    }
    if (truth.kind === 'distance') this.#distanceByKey.set(distanceKey(row), truth);
    const known = this.#readings.get(truth.id);
    if (known !== undefined) known.rows++;
    else {
      const timeMs = Number(row[isDistance ? 'sensorReadingTime' : 'timeStamp']);
      this.#readings.set(truth.id, { rows: 1, timeMs });
    }
  }

  #emailOf({ person }: Truth): string {
    return this.#world.people[person]?.identity.email ?? '';
  }
}
