/** Everything that oracles look at: the truth of a run beside what landed and what the zones hold. */
import type { Policy, ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import { researchConsentFrom } from '../../simulator/index.ts';
import type { Occurrence, Truth, TruthAcceleration, World } from '../../simulator/index.ts';
import { Addresses } from './addresses.ts';
import { accelerationKey, distanceKey } from './landed.ts';
import type { Landed } from './landed.ts';
import type { LandingDirt } from '../run/dirt/soil-landing.ts';
import type { SetAside } from './set-aside.ts';
import type { ToldText } from './told-texts.ts';

/** The rows of the tables that a pipeline makes. */
export type Zones = Readonly<Record<ZoneTableName, readonly ZoneRow[]>>;

/** What a run left behind. */
export interface EvidenceOptions {
  readonly world: World;
  readonly readings: readonly Truth[];
  readonly occurrences: (occurrence: Occurrence) => number;
  /** What arrived on serial lines and stands for no line that was sent, as the truth ledger has it. */
  readonly damagedLines: readonly string[];
  readonly landed: Landed;
  readonly zones: Zones;
  /** Whose counts to expect: a pipeline is held to the counts that its policy promises. */
  readonly policy: Policy;
  /** The zones after the pipeline ran a second time; `undefined` when no oracle asks for it. */
  readonly zonesAgain: Zones | undefined;
  /** What our own parts say: names of objects, reasons, findings; nothing when no oracle asks for it. */
  readonly told?: readonly ToldText[];
  /** What is wrong in the landing zone; `undefined` when it is as the bridge left it. */
  readonly dirt?: LandingDirt | undefined;
  /** What the pipeline put into quarantine; `undefined` when nobody looked, or there is none to look at. */
  readonly quarantine?: readonly SetAside[] | undefined;
}

/** The evidence of one run, with the look-ups that several oracles share. */
export class Evidence {
  readonly world: World;
  readonly readings: readonly Truth[];
  readonly occurrences: (occurrence: Occurrence) => number;
  readonly damagedLines: readonly string[];
  readonly landed: Landed;
  readonly zones: Zones;
  readonly policy: Policy;
  readonly zonesAgain: Zones | undefined;
  readonly told: readonly ToldText[];
  readonly dirt: LandingDirt | undefined;
  readonly quarantine: readonly SetAside[] | undefined;
  readonly #addresses: Addresses;
  readonly #consentFrom: readonly (number | undefined)[];
  readonly #peopleBySerial: ReadonlyMap<string, readonly number[]>;
  #trustedSamples: readonly (TruthAcceleration | undefined)[] | undefined;

  constructor(options: EvidenceOptions) {
    this.world = options.world;
    this.readings = options.readings;
    this.occurrences = options.occurrences;
    this.damagedLines = options.damagedLines;
    this.landed = options.landed;
    this.zones = options.zones;
    this.policy = options.policy;
    this.zonesAgain = options.zonesAgain;
    this.told = options.told ?? [];
    this.dirt = options.dirt;
    this.quarantine = options.quarantine;
    this.#addresses = new Addresses(options.world);
    this.#consentFrom = options.world.people.map(({ id }) => this.#findConsent(id));
    this.#peopleBySerial = this.#indexCurated();
  }

  /** The number of the person with this e-mail, in whatever case; of namesakes who share it, the first one. */
  personOf(email: unknown): number | undefined {
    return this.#addresses.peopleOf(email)[0];
  }

  /** The numbers of all people with the e-mail of this person: the phones of namesakes cannot be told apart by it. */
  namesakesOf(person: number): readonly number[] {
    return this.#addresses.peopleOf(this.world.people[person]?.identity.email);
  }

  /** The number of the person whom a customer row is about; registrations tell namesakes apart. */
  customerOf(row: ZoneRow): number | undefined {
    const people = this.#addresses.peopleOf(row['email']);
    const registeredMs = Number(row['registrationDate']);
    return people.find((id) => this.world.people[id]?.registeredAtMs === registeredMs) ?? people[0];
  }

  /** From when on a customer shares data for research, in epoch ms, whatever namesakes do; `undefined` for never. */
  ownConsentFrom(person: number): number | undefined {
    const history = this.world.consents[person];
    return history === undefined ? undefined : researchConsentFrom(history);
  }

  /**
   * From when on a person's data may be used, in epoch ms; `undefined` for never. Of namesakes who share an e-mail all
   * must consent, and the latest date counts.
   */
  consentFrom(person: number): number | undefined {
    return this.#consentFrom[person];
  }

  /** True when a reading of this person at this time (epoch ms, as it landed) belongs into the trusted zone. */
  mayBeUsed(person: number, timeMs: number): boolean {
    const fromMs = this.consentFrom(person);
    return fromMs !== undefined && timeMs >= fromMs;
  }

  /**
   * Whose reading the pipeline takes a trainer row for: the person it names in the row, with all namesakes, else
   * everybody who has its serial number in customer_curated.
   */
  believedPeople(row: ZoneRow): readonly number[] {
    if ('user' in row) return this.#addresses.peopleOf(row['user']);
    return this.#peopleBySerial.get(String(row['serialNumber'])) ?? [];
  }

  /** The person who really made a trainer row; `undefined` when nobody did. */
  walkerOf(row: ZoneRow): number | undefined {
    return this.landed.distanceByKey.get(distanceKey(row))?.person;
  }

  /** The sample behind each row of accelerometer_trusted, in their order; `undefined` where nobody made it. */
  get trustedSamples(): readonly (TruthAcceleration | undefined)[] {
    this.#trustedSamples ??= this.zones.accelerometer_trusted.map((row) =>
      this.landed.accelerationByKey.get(accelerationKey(String(row['user']), row)),
    );
    return this.#trustedSamples;
  }

  #findConsent(person: number): number | undefined {
    const dates = this.namesakesOf(person).map((id) => this.ownConsentFrom(id));
    return dates.includes(undefined) ? undefined : Math.max(...(dates as number[]));
  }

  #indexCurated(): Map<string, number[]> {
    const index = new Map<string, number[]>();
    for (const row of this.zones.customer_curated) {
      const person = this.customerOf(row);
      if (person === undefined) continue;
      const serial = String(row['serialNumber']);
      const people = index.get(serial) ?? [];
      if (!people.includes(person)) people.push(person);
      index.set(serial, people);
    }
    return index;
  }
}
