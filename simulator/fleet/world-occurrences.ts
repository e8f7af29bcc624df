/** What happens in a world whatever its links and faults are: it goes into the ledger, so that scenarios can insist on it. */
import type { ConsentDecision } from '../core/consent.ts';
import { customerExports } from '../core/customer-feed.ts';
import { serialChangesByPerson } from '../core/customer-versions.ts';
import { phoneEmailOf } from '../core/people.ts';
import type { Person } from '../core/people.ts';
import type { Timers } from '../core/timers.ts';
import type { Occurrence, TruthLedger } from '../core/truth-ledger.ts';
import type { World } from '../core/world.ts';
import { participantsOf } from '../core/world-crop.ts';
import type { WorldChange } from '../core/world-spec.ts';

/** Notes what is true from the beginning, and schedules notes of what happens at a time. */
export function noteWorld(worldNow: () => World, timers: Timers, ledger: TruthLedger): void {
  const world = worldNow();
  const people = participantsOf(world);
  const serials = people.map(({ id }) => world.fulfilledSerials[id] ?? '');
  noteRepeats(serials, 'serial-shared', ledger);
  noteRepeats(emailsOf(people), 'address-shared', ledger);
  for (const { person } of world.serialChanges ?? []) {
    if (world.people[person] !== undefined) ledger.note('serial-told-anew');
  }
  for (const { kind, atMs } of world.spec.changes ?? []) {
    if (kind === 'serials') noteSharing(world, atMs, ledger);
    if (kind === 'phone-clock') noteClocks(world, atMs, timers, ledger);
  }
  noteFeed(world, ledger);
  for (const person of people) {
    if (phoneEmailOf(person) !== person.identity.email) ledger.note('address-respelled');
    notePerson(world, timers, ledger, person);
  }
  // What somebody decides last is known at the end.
  timers.at(world.endMs, () => {
    for (const history of worldNow().consents) {
      if (isPublicOnly(history)) ledger.note('public-without-research');
    }
  });
}

interface NoteOptions {
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  /** Decisions that are noted already. */
  readonly known: readonly ConsentDecision[];
}

/** What one change of a world brings about, as {@link noteWorld} would note it if the change had been planned. */
export interface ChangedWorld {
  readonly before: World;
  readonly world: World;
  readonly change: WorldChange;
}

/** Notes what comes of a change that nobody knew of when the world began. */
export function noteChange(changed: ChangedWorld, timers: Timers, ledger: TruthLedger): void {
  const { before, world, change } = changed;
  switch (change.kind) {
    case 'phone-clock':
      return noteClocks(world, change.atMs, timers, ledger);
    case 'consent':
      return noteConsent(changed, change.person, timers, ledger);
    case 'serials': {
      const told = (world.serialChanges ?? []).length - (before.serialChanges ?? []).length;
      for (let count = 0; count < told; count++) ledger.note('serial-told-anew');
      return noteSharing(world, change.atMs, ledger);
    }
  }
}

function noteConsent(
  { before, world }: ChangedWorld,
  id: number,
  timers: Timers,
  ledger: TruthLedger,
): void {
  const person = world.people[id];
  const [known = [], decisions = []] = [before.consents[id], world.consents[id]];
  if (person === undefined || decisions === known) return;
  noteChanges(person, decisions, { timers, ledger, known });
}

/** Who has the serial number of somebody else after the website gave them out in another way. */
function noteSharing(world: World, atMs: number, ledger: TruthLedger): void {
  const changesOf = serialChangesByPerson(world);
  const serials = participantsOf(world).map(({ id }) => {
    const told = changesOf(id).findLast((change) => change.atMs <= atMs);
    return told?.serialNumber ?? world.fulfilledSerials[id] ?? '';
  });
  noteRepeats(serials, 'serial-shared', ledger);
}

function noteClocks(world: World, atMs: number, timers: Timers, ledger: TruthLedger): void {
  for (const person of participantsOf(world)) {
    if (isStreaming(person, atMs)) timers.at(atMs, () => ledger.note('clock-set-anew'));
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
  noteChanges(person, decisions, { timers, ledger, known: [] });
  const jump = world.phoneClocks[person.id]?.jump;
  if (jump !== undefined && isStreaming(person, jump.atMs)) {
    timers.at(jump.atMs, () => ledger.note('clock-jumped'));
  }
}

function isPublicOnly(decisions: readonly ConsentDecision[]): boolean {
  const ruling = decisions.at(-1);
  return ruling?.public !== undefined && ruling.research === undefined;
}

function noteChanges(
  person: Person,
  decisions: readonly ConsentDecision[],
  { timers, ledger, known }: NoteOptions,
): void {
  for (const [index, decision] of decisions.entries()) {
    const { atMs, research } = decision;
    if (index === 0 || known.includes(decision) || !isStreaming(person, atMs)) continue;
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
