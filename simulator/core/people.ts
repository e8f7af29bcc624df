/** The people of a world: who they are, where and when they exercise. */
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { drawInteger, drawOne } from './random.ts';
import type { Random, RandomStreams } from './random.ts';
import { drawStepTest, TEST_MS_MAX } from './step-test.ts';
import type { StepTest } from './step-test.ts';
import type { WorldSpec } from './world-spec.ts';

/** Time from the power-on of a trainer to the first step on it, and between two people on one trainer. */
const LEAD_MS = 15_000;
const PAUSE_MS = 60_000;
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
  readonly registeredAtMs: number;
  readonly sessions: readonly StepTest[];
}

/** The shortest world, in ms, in which every session of the given households fits. */
export function shortestWorldMs(
  spec: Pick<WorldSpec, 'householdSize' | 'sessionsPerPerson'>,
): number {
  return LEAD_MS + spec.householdSize * spec.sessionsPerPerson * (TEST_MS_MAX + PAUSE_MS) + TAIL_MS;
}

/** Draws everybody. The draws of one person do not depend on how many people there are. */
export function drawPeople(spec: WorldSpec, streams: RandomStreams): Person[] {
  const emails = new Set<string>();
  return Array.from({ length: spec.customers }, (_, id) => drawPerson(id, spec, streams, emails));
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
  const firstStartMs = (sessions[0] as StepTest).startMs;
  const registeredAtMs = drawRegistration(streams(`person:${id}/registration`), spec, firstStartMs);
  return { id, identity, station, registeredAtMs, sessions };
}

function drawSessions(
  id: number,
  station: number,
  spec: WorldSpec,
  streams: RandomStreams,
): StepTest[] {
  // One draw for the household, then a slot for each member and session: nobody waits for a trainer in use.
  const spareMs = spec.durationMs - shortestWorldMs(spec);
  const householdStartMs =
    spec.startMs + LEAD_MS + drawInteger(streams(`station:${station}/start`), 0, spareMs);
  const member = id % spec.householdSize;
  return Array.from({ length: spec.sessionsPerPerson }, (_, session) => {
    const slot = session * spec.householdSize + member;
    const startMs = householdStartMs + slot * (TEST_MS_MAX + PAUSE_MS);
    return drawStepTest(streams(`person:${id}/session:${session}/motion`), startMs);
  });
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
