/** Consent to share data for research: who gives it, when, and who takes it back. */
import type { Person } from './people.ts';
import { drawChance } from './random.ts';
import type { RandomStreams } from './random.ts';
import type { StepTest } from './step-test.ts';
import type { WorldSpec } from './world-spec.ts';

/** How long somebody is registered at least before the decision changes; registration ends 2 s before the shortest session. */
const REGISTERED_MS = 1_000;

/** What a person decided at a moment: the dates from which data may be shared; `undefined` where it may not. Epoch ms. */
export interface ConsentDecision {
  readonly atMs: number;
  readonly research: number | undefined;
  readonly public: number | undefined;
  readonly friends: number | undefined;
}

/** A person's decisions in the order of time; the first is made at registration, the last one rules. */
export type ConsentHistory = readonly [ConsentDecision, ...ConsentDecision[]];

/** When somebody exercises. */
type Span = Pick<StepTest, 'startMs' | 'endMs'>;

/** Draws the decisions of one person, whose first session is what changes of mind fall into. */
export function drawConsent(
  person: Pick<Person, 'id' | 'registeredAtMs'> & { readonly sessions: readonly Span[] },
  spec: Pick<WorldSpec, 'consent'>,
  streams: RandomStreams,
): ConsentHistory {
  const random = streams(`person:${person.id}/consent`);
  const atMs = person.registeredAtMs;
  const consents = drawChance(random, spec.consent.researchShare);
  const first = {
    atMs,
    public: drawChance(random, 0.5) ? atMs : undefined,
    friends: drawChance(random, 0.5) ? atMs : undefined,
  };
  // Who registers in the middle of the session cannot change the decision before having made it.
  const changesMs = Math.max(
    middleOf(person.sessions[0] as Span, random.next()),
    atMs + REGISTERED_MS,
  );
  const { withdrawDuringRun, consentDuringRun } = spec.consent;
  if (person.id < withdrawDuringRun) {
    const given = { ...first, research: atMs };
    return [given, { ...given, atMs: changesMs, research: undefined }];
  }
  if (person.id < withdrawDuringRun + consentDuringRun) {
    const refused = { ...first, research: undefined };
    return [refused, { ...refused, atMs: changesMs, research: changesMs }];
  }
  return [{ ...first, research: consents ? atMs : undefined }];
}

/** The date from which a person's readings may be used for research, as the last decision has it; `undefined` for never. */
export function researchConsentFrom(history: ConsentHistory): number | undefined {
  return history.at(-1)?.research;
}

/** True when a person had consented and took it back. */
export function hasWithdrawn(history: ConsentHistory): boolean {
  return (
    researchConsentFrom(history) === undefined &&
    history.some((decision) => decision.research !== undefined)
  );
}

/** A whole ms in the middle third of a session. */
function middleOf(session: Span, draw: number): number {
  const lengthMs = session.endMs - session.startMs;
  return session.startMs + Math.floor(lengthMs * (1 / 3 + draw / 3));
}
