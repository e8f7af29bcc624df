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
  /** `before`: everybody registered days ago. `during`: around the start of the first session, as in the published data. */
  readonly registration: 'before' | 'during';
  readonly serials: SerialsSpec;
  readonly consent: ConsentSpec;
  readonly phoneClock: ClockSpec;
  readonly trainerClock: Pick<ClockSpec, 'driftPpm'>;
}

/** Which serial numbers the fulfilment website wrote to its customers: everybody their own, or a pool given out again and again. */
export type SerialsSpec =
  | { readonly kind: 'own' }
  | { readonly kind: 'pool'; readonly size: number; readonly assign: 'round-robin' | 'random' };

/** Who shares data for research. People are taken in the order of their numbers: first those who withdraw, then those who consent late. */
export interface ConsentSpec {
  /** Probability 0–1 that any other person consents at registration. */
  readonly researchShare: number;
  /** How many people consent, and withdraw in the middle of their first session. */
  readonly withdrawDuringRun: number;
  /** How many people register without consent, and give it in the middle of their first session. */
  readonly consentDuringRun: number;
}

/** How far clocks are off: each device draws its own value between minus and plus the bound. */
export interface ClockSpec {
  readonly skewMs: number;
  readonly driftPpm: number;
}
