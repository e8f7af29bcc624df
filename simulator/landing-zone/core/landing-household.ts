/** The people around one trainer: everything that they add to a landing zone, and what is true of it. */
import { drawConsent } from '../../core/consent.ts';
import { customerVersion } from '../../core/customer-feed.ts';
import type { CustomerRecord } from '../../core/customer-feed.ts';
import { phoneTime } from '../../core/phone-clock.ts';
import type { PhoneClock } from '../../core/phone-clock.ts';
import { drawChance, drawInteger } from '../../core/random.ts';
import type { Random, RandomStreams } from '../../core/random.ts';
import type { Identity } from '../../core/people.ts';
import { drawExercise, MEAN_SESSION_MS } from './exercise.ts';
import type { Exercise } from './exercise.ts';
import { drawLandingIdentity, drawTrainerSerial } from './landing-person.ts';
import type {
  AccelerometerRow,
  LandingHousehold,
  StepTrainerRow,
  TrueCustomer,
  TrueSession,
} from './landing-rows.ts';
import { householdCount } from './landing-spec.ts';
import type { LandingSpec } from './landing-spec.ts';

/** Households begin in the order of their numbers, but for this much: the starts of neighbours are independent. */
const SPREAD_MS = 60_000;
/** How long the trainer rests between two sessions of a household. */
const PAUSE_MS = { min: 40_000, max: 120_000 };
/** When people register, against the start of their first session: some rows are older, as in the published data. */
const REGISTERED_MS = { min: -15_000, max: 59_000 };

interface Member {
  readonly person: number;
  readonly identity: Identity;
  readonly clock: PhoneClock;
  readonly isSilent: boolean;
  /** Registration against the start of the first session, in ms. */
  readonly registeredAfterMs: number;
  readonly exercises: Exercise[];
}

/**
 * Draws the household with this number, from 0 to {@link householdCount} − 1. The same spec and streams give the same
 * rows, whichever other households are drawn. Rows are in the order of the sessions and of time; people take turns.
 * `fulfilledSerial` gives the serial number of the trainer in a household; who draws many can remember those of the pool.
 */
export function drawLandingHousehold(
  spec: LandingSpec,
  household: number,
  streams: RandomStreams,
  fulfilledSerial: (household: number) => string = (other) => drawTrainerSerial(streams, other),
): LandingHousehold {
  const serialNumber = drawTrainerSerial(streams, household);
  const random = streams(`station:${household}/times`);
  const startMs = drawStart(spec, household, random);
  const members = drawMembers(spec, household, streams);
  const rows = {
    customer_landing: [] as CustomerRecord[],
    accelerometer_landing: [] as AccelerometerRow[],
    step_trainer_landing: [] as StepTrainerRow[],
    customers: [] as TrueCustomer[],
    sessions: [] as TrueSession[],
  };
  let nextMs = startMs;
  for (let session = 0; session < spec.sessionsPerPerson; session++) {
    for (const member of members) {
      const name = `person:${member.person}/session:${session}`;
      const exercise = drawExercise(spec, streams(`${name}/motion`), nextMs);
      member.exercises.push(exercise);
      const link = openLink(spec, streams, `${name}/links`);
      const readings = landReadings(link, exercise, serialNumber, rows.step_trainer_landing);
      const clock = { ...member.clock, startMs };
      const samples = member.isSilent
        ? 0
        : landSamples(
            link,
            exercise,
            { clock, user: member.identity.email },
            rows.accelerometer_landing,
          );
      rows.sessions.push({
        person: member.person,
        user: member.identity.email,
        serialNumber,
        sessionStart: exercise.startMs,
        sessionEnd: exercise.endMs,
        readings,
        samples,
        phoneOffsetMs: phoneOffset(clock, exercise.startMs - startMs),
      });
      nextMs = exercise.endMs + drawInteger(random, PAUSE_MS.min, PAUSE_MS.max);
    }
  }
  for (const member of members) {
    // The pool holds the serials of trainers that exist, so that the wrong joins find rows.
    const fulfilledSerialNumber =
      spec.serials === 'own'
        ? serialNumber
        : fulfilledSerial(member.person % Math.min(spec.serials, householdCount(spec)));
    rows.customer_landing.push(...drawVersions(spec, member, fulfilledSerialNumber, streams));
    const { person, identity } = member;
    rows.customers.push({
      person,
      user: identity.email,
      household,
      serialNumber,
      fulfilledSerialNumber,
    });
  }
  return rows;
}

function drawStart(spec: LandingSpec, household: number, random: Random): number {
  const { startMs, householdSize, sessionsPerPerson, concurrency, profile } = spec;
  const busyMs = MEAN_SESSION_MS[profile] * householdSize * sessionsPerPerson;
  const spreadMs = drawInteger(random, 0, SPREAD_MS - 1);
  return startMs + Math.floor((household * busyMs) / concurrency) + spreadMs;
}

function drawMembers(spec: LandingSpec, household: number, streams: RandomStreams): Member[] {
  const first = household * spec.householdSize;
  const count = Math.min(spec.householdSize, spec.customers - first);
  return Array.from({ length: count }, (_, index) => {
    const person = first + index;
    const random = streams(`person:${person}/identity`);
    return {
      person,
      identity: drawLandingIdentity(random, person),
      registeredAfterMs: drawInteger(random, REGISTERED_MS.min, REGISTERED_MS.max),
      ...drawPhone(spec, person, streams),
      exercises: [],
    };
  });
}

function drawPhone(
  { phoneClock: { skewMs, driftPpm }, silentPhones }: LandingSpec,
  person: number,
  streams: RandomStreams,
): Pick<Member, 'clock' | 'isSilent'> {
  // To open a stream takes longer than all that a person draws from it: none is opened where nothing can come of it.
  if (skewMs === 0 && driftPpm === 0 && silentPhones === 0) {
    return { clock: { skewMs: 0, driftPpm: 0 }, isSilent: false };
  }
  const random = streams(`phone:${person}/clock`);
  // Adding 0 turns −0 into 0.
  const between = (bound: number): number => (2 * random.next() - 1) * bound + 0;
  return {
    clock: { skewMs: between(skewMs), driftPpm: between(driftPpm) },
    isSilent: drawChance(random, silentPhones),
  };
}

/** What a phone's clock is off after some time, in ms, to a thousandth. */
function phoneOffset({ skewMs, driftPpm }: PhoneClock, sinceMs: number): number {
  return Math.round(1_000 * skewMs + (sinceMs * driftPpm) / 1_000) / 1_000 + 0;
}

/** How often a moment lands: not at all, once or twice. */
type Link = () => number;

function openLink({ loss, duplicates }: LandingSpec, streams: RandomStreams, name: string): Link {
  if (loss === 0 && duplicates === 0) return () => 1;
  const random = streams(name);
  return () => {
    if (drawChance(random, loss)) return 0;
    return drawChance(random, duplicates) ? 2 : 1;
  };
}

/** Adds the trainer's rows, and gives how many different ones there are. */
function landReadings(
  link: Link,
  { trainer }: Exercise,
  serialNumber: string,
  rows: StepTrainerRow[],
): number {
  let readings = 0;
  for (const { atMs, distance } of trainer) {
    const landings = link();
    if (landings > 0) readings++;
    const row = { sensorReadingTime: atMs, serialNumber, distanceFromObject: distance };
    for (let landing = 0; landing < landings; landing++) rows.push(row);
  }
  return readings;
}

/** Adds the phone's rows, and gives how many different ones there are. */
function landSamples(
  link: Link,
  { phone }: Exercise,
  { clock, user }: { readonly clock: PhoneClock & { startMs: number }; readonly user: string },
  rows: AccelerometerRow[],
): number {
  let samples = 0;
  for (const { atMs, accelerations } of phone) {
    const landings = link();
    if (landings > 0) samples += accelerations.length;
    const timeStamp = phoneTime(clock, clock.startMs, atMs);
    for (let landing = 0; landing < landings; landing++) {
      for (const [x, y, z] of accelerations) rows.push({ user, timeStamp, x, y, z });
    }
  }
  return samples;
}

function drawVersions(
  spec: LandingSpec,
  { person, identity, exercises, registeredAfterMs }: Member,
  serialNumber: string,
  streams: RandomStreams,
): CustomerRecord[] {
  const registeredAtMs = (exercises[0] as Exercise).startMs + registeredAfterMs;
  const consent = { researchShare: spec.researchShare, withdrawDuringRun: 0, consentDuringRun: 0 };
  const who = { id: person, identity, registeredAtMs, sessions: exercises };
  return drawConsent(who, { consent }, streams).map((decision) =>
    customerVersion(who, decision, serialNumber),
  );
}
