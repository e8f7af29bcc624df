/** What worlds are made from. */
import type { WorldCrop } from './world-crop.ts';

/** How often the website exports what has changed if nobody says otherwise, in ms. */
export const EXPORT_MS = 300_000;

/** What a world is made from. Everything else about it follows from this and the seed. */
export interface WorldSpec {
  /** First moment of the world in epoch ms. */
  readonly startMs: number;
  /** How long the world lasts in ms; every session ends before. */
  readonly durationMs: number;
  readonly customers: number;
  /** How many people share one trainer. */
  readonly householdSize: number;
  readonly sessionsPerPerson: number;
  /** How people move. `step-test` if not given: 30 steps; `continuous`: both devices sample a walk, each at its own times. */
  readonly profile?: 'continuous';
  /** `before`: everybody registered days ago. `during`: around the start of the first session, as in the published data. */
  readonly registration: 'before' | 'during';
  readonly serials: SerialsSpec;
  readonly consent: ConsentSpec;
  readonly phoneClock: PhoneClockSpec;
  readonly trainerClock: Pick<ClockSpec, 'driftPpm'>;
  /** Trainers that change places between the first and the second sessions of their households; none if not given. */
  readonly moves?: MovesSpec;
  /** People who share an e-mail; nobody if not given. */
  readonly namesakes?: NamesakesSpec;
  /** How the website and the phones write; everything plain and in time if not given. */
  readonly writing?: WritingSpec;
  /** How often the website exports what has changed, in ms; every {@link EXPORT_MS} if not given. */
  readonly exportEveryMs?: number;
  /** What changes while the world goes on, in the order of time; nothing if not given. */
  readonly changes?: readonly WorldChange[];
  /** The part of the world that a run is about; all of it if not given. */
  readonly only?: WorldCrop;
}

/** How the serial numbers of a pool are given out; see {@link SerialsSpec}. */
export const SERIAL_ASSIGNMENTS = ['round-robin', 'random', 'skewed', 'shifted'] as const;
/** One of {@link SERIAL_ASSIGNMENTS}. */
export type SerialAssignment = (typeof SERIAL_ASSIGNMENTS)[number];

/**
 * Which serial numbers the fulfilment website wrote to its customers: everybody their own, or a pool given out again and
 * again. `round-robin`: in turn. `random`: drawn for each person. `skewed`: drawn so that the k-th of the pool gets a
 * share of log((k + 1) / k), the first ones most. `shifted`: in turn from the second on, so that in a pool of all
 * trainers everybody has a number that nobody else has, and nobody the right one.
 */
export type SerialsSpec =
  | { readonly kind: 'own' }
  | { readonly kind: 'pool'; readonly size: number; readonly assign: SerialAssignment };

/**
 * Who shares data, and when. People are taken in the order of their numbers: first those who withdraw, then those who
 * consent late, then those who withdraw and consent again.
 */
export interface ConsentSpec {
  /** Probability 0–1 that any other person consents to research at registration. */
  readonly researchShare: number;
  /** How many people consent, and withdraw in the middle of their first session. */
  readonly withdrawDuringRun: number;
  /** How many people register without consent, and give it in the middle of their first session. */
  readonly consentDuringRun: number;
  /** How many people consent, withdraw in the middle of their first session, and consent again towards its end; 0 if not given. */
  readonly consentAgainDuringRun?: number;
  /** Probability 0–1 that a person shares with the public; ½ if not given. */
  readonly publicShare?: number;
  /** Probability 0–1 that a person shares with friends; ½ if not given. */
  readonly friendsShare?: number;
  /** True when changes of mind fall on the very ms of a step, as that person's phone shows it; false if not given. */
  readonly onSteps?: boolean;
}

/** What changes at a time in whole epoch ms. */
export type WorldChange = ConsentChange | SerialsChange | PhoneClockChange;

/** What changes now: it has no time yet. */
export type SuddenChange =
  Omit<ConsentChange, 'atMs'> | Omit<SerialsChange, 'atMs'> | Omit<PhoneClockChange, 'atMs'>;

/** A person gives or withdraws the consent to research: not before 1 s after the registration. */
export interface ConsentChange {
  readonly kind: 'consent';
  readonly atMs: number;
  readonly person: number;
  readonly research: 'given' | 'withdrawn';
}

/** The website gives out serial numbers in another way: it writes every customer a new version with the new number. */
export interface SerialsChange {
  readonly kind: 'serials';
  readonly atMs: number;
  readonly serials: SerialsSpec;
}

/** The clocks of phones are off by another bound: each phone has the share of it that it had of the one before. */
export interface PhoneClockChange {
  readonly kind: 'phone-clock';
  readonly atMs: number;
  readonly skewMs: number;
}

/** How far clocks are off: each device draws its own value between minus and plus the bound. */
export interface ClockSpec {
  readonly skewMs: number;
  readonly driftPpm: number;
}

/** The clocks of phones. */
export interface PhoneClockSpec extends ClockSpec {
  /** All clocks jump at once; they never do if not given. */
  readonly jump?: ClockJumpSpec;
  /** Stamps are cut off to whole multiples of this many ms; to whole ms if not given. */
  readonly roundingMs?: number;
}

/** A jump: the clocks show `byMs` more from `atMs` (epoch ms) on, on each phone with a probability of `share` (0–1). */
export interface ClockJumpSpec {
  readonly atMs: number;
  readonly byMs: number;
  readonly share: number;
}

/**
 * Trainers that change places between the first sessions of their households and the second ones. Households are taken in
 * the order of their numbers: first those who send their trainer back, then pairs that exchange theirs.
 */
export interface MovesSpec {
  /** How many households send their trainer back and get a new one. */
  readonly returns: number;
  /** How many pairs of households exchange their trainers. */
  readonly swaps: number;
  /** Whether the website hears of it, and writes the new serial number to the customers; of each kind of move. */
  readonly told: { readonly returns: boolean; readonly swaps: boolean };
}

/** Pairs of people who share an e-mail and a name: persons 0 and 1, 2 and 3, and so on. */
export interface NamesakesSpec {
  readonly pairs: number;
  /** Who of a pair consents: the first one only, both, or as everybody else draws it. Those who change their mind do so. */
  readonly consent: 'one' | 'both' | 'drawn';
}

/** What stands in the customer feed for a date that was not given. */
export const NOT_GIVEN_SPELLINGS = ['absent', 'null', 'zero', 'mixed'] as const;
/** One of {@link NOT_GIVEN_SPELLINGS}; `mixed` draws it for each date. */
export type NotGivenSpelling = (typeof NOT_GIVEN_SPELLINGS)[number];

/** How the website and the phones write what is the same. */
export interface WritingSpec {
  readonly notGiven: NotGivenSpelling;
  /** `in-time`: with the next export. `mixed`: each version with any later one, so that a new version may come before an old one. */
  readonly order: 'in-time' | 'mixed';
  /** `same`: every e-mail is spelled in one way. `mixed`: phones, and later versions of customers, spell it in another case. */
  readonly emailCase: 'same' | 'mixed';
}
