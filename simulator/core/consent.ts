/** Consent to share data for research: who gives it, when, and who takes it back. */
import type { Person } from './people.ts';
import { drawChance } from './random.ts';
import type { RandomStreams } from './random.ts';
import type { Session as Exercise } from './session.ts';
import type { ConsentSpec, NamesakesSpec, WorldSpec } from './world-spec.ts';

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

/** When somebody exercises, and when the steps are. */
type Session = Pick<Exercise, 'startMs' | 'endMs'> & {
  readonly steps?: readonly { readonly atMs: number }[];
};

/** Draws the decisions of one person, whose first session is what changes of mind fall into. */
export function drawConsent(
  person: Pick<Person, 'id' | 'registeredAtMs'> & { readonly sessions: readonly Session[] },
  { consent: spec, namesakes }: Pick<WorldSpec, 'consent' | 'namesakes'>,
  streams: RandomStreams,
): ConsentHistory {
  const random = streams(`person:${person.id}/consent`);
  const atMs = person.registeredAtMs;
  const consents = drawChance(random, spec.researchShare);
  const first = {
    atMs,
    public: drawChance(random, spec.publicShare ?? 0.5) ? atMs : undefined,
    friends: drawChance(random, spec.friendsShare ?? 0.5) ? atMs : undefined,
  };
  const change = changeOfMind(person.id, spec);
  if (change === undefined) {
    const isGiven = consentOfNamesake(person.id, namesakes) ?? consents;
    return [{ ...first, research: isGiven ? atMs : undefined }];
  }
  const session = person.sessions[0] as Session;
  const draw = random.next();
  const momentAt = (share: number, afterMs: number): number => {
    // Who registers in the middle of the session cannot change the decision before having made it.
    const earliestMs = Math.max(momentOf(session, share), afterMs + REGISTERED_MS);
    return spec.onSteps === true ? nextStep(session, earliestMs) : earliestMs;
  };
  const changesMs = momentAt(1 / 3 + draw / 3, atMs);
  if (change === 'late') {
    const refused = { ...first, research: undefined };
    return [refused, { ...refused, atMs: changesMs, research: changesMs }];
  }
  const given = { ...first, research: atMs };
  const withdrawn = { ...given, atMs: changesMs, research: undefined };
  if (change === 'withdraw') return [given, withdrawn];
  const againMs = momentAt(2 / 3 + draw / 6, changesMs);
  return [given, withdrawn, { ...withdrawn, atMs: againMs, research: againMs }];
}

/**
 * The decisions of somebody who gives or withdraws the consent to research at a time (epoch ms), but not before 1 s after
 * the registration. The same list when that is what ruled already.
 */
export function changeConsent(
  history: readonly ConsentDecision[],
  { atMs, research }: { readonly atMs: number; readonly research: 'given' | 'withdrawn' },
): readonly ConsentDecision[] {
  const [first] = history;
  if (first === undefined) return history;
  const changesMs = Math.max(atMs, first.atMs + REGISTERED_MS);
  const index = history.findLastIndex((made) => made.atMs <= changesMs);
  const ruling = history[index] as ConsentDecision;
  const isGiven = research === 'given';
  if ((ruling.research !== undefined) === isGiven) return history;
  const decision = { ...ruling, atMs: changesMs, research: isGiven ? changesMs : undefined };
  return history.toSpliced(index + 1, 0, decision);
}

/** The date from which a person's readings may be used for research, as the last decision has it; `undefined` for never. */
export function researchConsentFrom(history: readonly ConsentDecision[]): number | undefined {
  return history.at(-1)?.research;
}

/** True when a person had consented and took it back. */
export function hasWithdrawn(history: readonly ConsentDecision[]): boolean {
  return (
    researchConsentFrom(history) === undefined &&
    history.some((decision) => decision.research !== undefined)
  );
}

function changeOfMind(
  person: number,
  { withdrawDuringRun, consentDuringRun, consentAgainDuringRun = 0 }: ConsentSpec,
): 'withdraw' | 'late' | 'again' | undefined {
  if (person < withdrawDuringRun) return 'withdraw';
  if (person < withdrawDuringRun + consentDuringRun) return 'late';
  const changing = withdrawDuringRun + consentDuringRun + consentAgainDuringRun;
  return person < changing ? 'again' : undefined;
}

/** Whether somebody consents because of the pair they are in; `undefined` for everybody else. */
function consentOfNamesake(
  person: number,
  namesakes: NamesakesSpec | undefined,
): boolean | undefined {
  if (namesakes === undefined || person >= 2 * namesakes.pairs) return undefined;
  if (namesakes.consent === 'drawn') return undefined;
  return namesakes.consent === 'both' || person % 2 === 0;
}

/** The whole ms at which this share of a session is over. */
function momentOf(session: Session, share: number): number {
  return session.startMs + Math.floor((session.endMs - session.startMs) * share);
}

/** The first step from a moment on; that moment, if it was the last. */
function nextStep({ steps = [] }: Session, earliestMs: number): number {
  return steps.find(({ atMs }) => atMs >= earliestMs)?.atMs ?? earliestMs;
}
