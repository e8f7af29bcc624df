/** The people of a world: who they are, where and when they exercise. */
import { drawContinuousSession } from './continuous-session.ts';
import { spellOtherwise } from './email-spelling.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { drawInteger, drawOne } from './random.ts';
import type { Random, RandomStreams } from './random.ts';
import type { Session } from './session.ts';
import { drawStepTest, TEST_MS_MAX } from './step-test.ts';
import { swapPartner } from './trainer-moves.ts';
import type { WorldSpec } from './world-spec.ts';

/** Time from the power-on of a trainer to the first step on it, and between two people on one trainer. */
const LEAD_MS = 15_000;
const PAUSE_MS = 60_000;
/** How much time one person has on a trainer before the next one. */
const SLOT_MS = TEST_MS_MAX + PAUSE_MS;
/** How much later than the first the second of two households begins that exchange their trainers, at most. */
const SWAP_DELAY_MS_MAX = 30_000;
/** What remains after the last session: late messages arrive, trainers are switched off. */
const TAIL_MS = 15_000;
const DAY_MS = 86_400_000;

/** Who a customer is. All of it is invented. */
export interface Identity {
  readonly customerName: string;
  readonly email: string;
  readonly phone: string;
  readonly birthDay: string;
}

/** One person. `id` counts from 0; `station` is the place with a trainer on a serial port that the household shares. */
export interface Person {
  readonly id: number;
  readonly identity: Identity;
  readonly station: number;
  /** How the phone spells the e-mail; as the identity has it if not given. */
  readonly phoneEmail?: string;
  readonly registeredAtMs: number;
  readonly sessions: readonly Session[];
  /** True of somebody who is left out of a part of a world: never registers, never exercises. */
  readonly isAbsent?: boolean;
  /** True of somebody who exercises without a trainer. */
  readonly hasNoTrainer?: boolean;
  /** True of somebody who exercises without a phone. */
  readonly hasNoPhone?: boolean;
}

/** The shortest world, in ms, in which every session of the given households fits. */
export function shortestWorldMs(
  spec: Pick<WorldSpec, 'householdSize' | 'sessionsPerPerson'>,
): number {
  return LEAD_MS + spec.householdSize * spec.sessionsPerPerson * SLOT_MS + TAIL_MS;
}

/** Draws everybody. The draws of one person do not depend on how many people there are. */
export function drawPeople(spec: WorldSpec, streams: RandomStreams): Person[] {
  const emails = new Set<string>();
  const people: Person[] = [];
  for (let id = 0; id < spec.customers; id++) {
    const person = drawPerson(id, spec, streams, emails);
    const isSecond = id % 2 === 1 && id < 2 * (spec.namesakes?.pairs ?? 0);
    people.push(isSecond ? asNamesake(person, people[id - 1] as Person) : person);
  }
  if (spec.writing?.emailCase !== 'mixed') return people;
  return people.map((person) => {
    const random = streams(`person:${person.id}/phone-spelling`);
    return { ...person, phoneEmail: spellOtherwise(person.identity.email, random) };
  });
}

/**
 * When the first person of a household begins, in epoch ms. Of two households that exchange their trainers the second
 * one begins a little after the first, so that there is a moment between the first and the second sessions of both.
 */
export function householdStart(spec: WorldSpec, station: number, streams: RandomStreams): number {
  // One draw for the household, then a slot for each member and session: nobody waits for a trainer in use.
  const spareMs = spec.durationMs - shortestWorldMs(spec);
  const random = streams(`station:${station}/start`);
  const partner = swapPartner(spec.moves, station);
  if (partner === undefined || partner > station) {
    return spec.startMs + LEAD_MS + drawInteger(random, 0, spareMs);
  }
  const firstMs = householdStart(spec, partner, streams);
  const leftMs = spec.startMs + LEAD_MS + spareMs - firstMs;
  return firstMs + drawInteger(random, 0, Math.min(SWAP_DELAY_MS_MAX, leftMs));
}

/** When all members of a household that begins at `startMs` have had their first session, at the latest. */
export function firstRoundEnd(spec: Pick<WorldSpec, 'householdSize'>, startMs: number): number {
  return startMs + spec.householdSize * SLOT_MS - PAUSE_MS;
}

function drawPerson(
  id: number,
  spec: WorldSpec,
  streams: RandomStreams,
  emails: Set<string>,
): Person {
  const station = Math.floor(id / spec.householdSize);
  const sessions = drawSessions(id, station, spec, streams);
  const identity = drawIdentity(streams(`person:${id}/identity`), emails);
  const firstStartMs = (sessions[0] as Session).startMs;
  const registeredAtMs = drawRegistration(streams(`person:${id}/registration`), spec, firstStartMs);
  return { id, identity, station, registeredAtMs, sessions };
}

/** The e-mail that somebody's phone reports. */
export function phoneEmailOf(person: Pick<Person, 'identity' | 'phoneEmail'>): string {
  return person.phoneEmail ?? person.identity.email;
}

function drawSessions(
  id: number,
  station: number,
  spec: WorldSpec,
  streams: RandomStreams,
): Session[] {
  const householdStartMs = householdStart(spec, station, streams);
  const member = id % spec.householdSize;
  return Array.from({ length: spec.sessionsPerPerson }, (_, session) => {
    const slot = session * spec.householdSize + member;
    const startMs = householdStartMs + slot * SLOT_MS;
    const random = streams(`person:${id}/session:${session}/motion`);
    return spec.profile === 'continuous'
      ? drawContinuousSession(random, startMs)
      : drawStepTest(random, startMs);
  });
}

/**
 * The second of two people with one name and e-mail. Their registrations tell them apart for the website, and their
 * samples for the truth, so that neither ever falls on one ms.
 */
function asNamesake(person: Person, first: Person): Person {
  const { customerName, email } = first.identity;
  const isSame = person.registeredAtMs === first.registeredAtMs;
  return {
    ...person,
    identity: { ...person.identity, customerName, email },
    registeredAtMs: person.registeredAtMs + (isSame ? 1 : 0),
    sessions: apartFrom(first.sessions, person.sessions),
  };
}

/** Sessions, later by the few ms after which none of their steps falls on a step of the others. */
function apartFrom(others: readonly Session[], sessions: readonly Session[]): Session[] {
  const taken = new Set(stepTimes(others));
  const times = stepTimes(sessions);
  let delayMs = 0;
  while (times.some((atMs) => taken.has(atMs + delayMs))) delayMs++;
  return sessions.map(({ startMs, endMs, steps }) => ({
    startMs: startMs + delayMs,
    endMs: endMs + delayMs,
    steps: steps.map((step) => ({ ...step, atMs: step.atMs + delayMs })),
  }));
}

function stepTimes(sessions: readonly Session[]): number[] {
  return sessions.flatMap(({ steps }) => steps.map(({ atMs }) => atMs));
}

function drawIdentity(random: Random, emails: Set<string>): Identity {
  const first = drawOne(random, FIRST_NAMES);
  const last = drawOne(random, LAST_NAMES);
  let email = `${first}.${last}@mail.example`;
  for (let number = 2; emails.has(email); number++)
    email = `${first}.${last}${number}@mail.example`;
  emails.add(email);
  return {
    customerName: `${first} ${last}`,
    email,
    // 555-0100 to 555-0199 are set aside for fiction.
    phone: `801555${drawInteger(random, 100, 199).toString().padStart(4, '0')}`,
    birthDay: `${drawInteger(random, 1930, 2004)}-${twoDigits(drawInteger(random, 1, 12))}-${twoDigits(drawInteger(random, 1, 28))}`,
  };
}

function drawRegistration(random: Random, spec: WorldSpec, firstStartMs: number): number {
  return spec.registration === 'before'
    ? spec.startMs - drawInteger(random, DAY_MS, 30 * DAY_MS)
    : firstStartMs + drawInteger(random, -15_000, 59_000);
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}
