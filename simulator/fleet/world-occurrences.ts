/** What happens in a world whatever its links and faults are: it goes into the ledger, so that scenarios can insist on it. */
import type { ConsentDecision } from '../core/consent.ts';
import { customerExports } from '../core/customer-feed.ts';
import { phoneEmailOf } from '../core/people.ts';
import type { Person } from '../core/people.ts';
import type { Timers } from '../core/timers.ts';
import type { Occurrence, TruthLedger } from '../core/truth-ledger.ts';
import type { World } from '../core/world.ts';
import { participantsOf } from '../core/world-crop.ts';

/** Notes what is true from the beginning, and schedules notes of what happens at a time. */
export function noteWorld(world: World, timers: Timers, ledger: TruthLedger): void {
  const people = participantsOf(world);
  const serials = people.map(({ id }) => world.fulfilledSerials[id] ?? '');
  noteRepeats(serials, 'serial-shared', ledger);
  noteRepeats(emailsOf(people), 'address-shared', ledger);
  for (const { person } of world.serialChanges ?? []) {
    if (world.people[person] !== undefined) ledger.note('serial-told-anew');
  }
  noteFeed(world, ledger);
  for (const person of people) {
    if (phoneEmailOf(person) !== person.identity.email) ledger.note('address-respelled');
    notePerson(world, timers, ledger, person);
  }
}

function noteRepeats(values: readonly string[], occurrence: Occurrence, ledger: TruthLedger): void {
  for (let repeats = values.length - new Set(values).size; repeats > 0; repeats--) {
    ledger.note(occurrence);
  }
}

function emailsOf(people: readonly Person[]): string[] {
  return people.map(({ identity }) => identity.email.toLowerCase());
}

function noteFeed(world: World, ledger: TruthLedger): void {
  const newestMs = new Map<number, number>();
  for (const { record, person } of customerExports(world)) {
    const { lastUpdateDate } = record;
    const dates = [
      record.shareWithResearchAsOfDate,
      record.shareWithPublicAsOfDate,
      record.shareWithFriendsAsOfDate,
    ];
    if (dates.includes(null)) ledger.note('date-not-given-null');
    if (dates.includes(0)) ledger.note('date-not-given-zero');
    if (lastUpdateDate < (newestMs.get(person) ?? lastUpdateDate)) {
      ledger.note('customer-version-out-of-order');
    }
    newestMs.set(person, Math.max(lastUpdateDate, newestMs.get(person) ?? lastUpdateDate));
  }
}

function notePerson(world: World, timers: Timers, ledger: TruthLedger, person: Person): void {
  const decisions = world.consents[person.id] ?? [];
  noteChanges(decisions, timers, ledger, person);
  const ruling = decisions.at(-1);
  if (ruling?.public !== undefined && ruling.research === undefined) {
    ledger.note('public-without-research');
  }
  const jump = world.phoneClocks[person.id]?.jump;
  if (jump !== undefined && isStreaming(person, jump.atMs)) {
    timers.at(jump.atMs, () => ledger.note('clock-jumped'));
  }
}

function noteChanges(
  decisions: readonly ConsentDecision[],
  timers: Timers,
  ledger: TruthLedger,
  person: Person,
): void {
  for (const [index, { atMs, research }] of decisions.entries()) {
    if (index === 0 || !isStreaming(person, atMs)) continue;
    const occurrence = changeOf(decisions.slice(0, index), research);
    timers.at(atMs, () => ledger.note(occurrence));
    if (research === undefined || !isOnStep(person, atMs)) continue;
    timers.at(atMs, () => ledger.note('consent-given-on-a-step'));
  }
}

function changeOf(earlier: readonly ConsentDecision[], research: number | undefined): Occurrence {
  if (research === undefined) return 'consent-withdrawn-while-streaming';
  return earlier.some((decision) => decision.research !== undefined)
    ? 'consent-given-again-while-streaming'
    : 'consent-given-while-streaming';
}

function isStreaming({ sessions }: Person, atMs: number): boolean {
  return sessions.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
}

function isOnStep({ sessions }: Person, atMs: number): boolean {
  return sessions.some(({ steps }) => steps.some((step) => step.atMs === atMs));
}
