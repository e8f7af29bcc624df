/**
 * A world small enough to know by heart. Four people take two steps each, all at the same moments, so that everything
 * that can be mixed up looks alike: Ann shares her data, Bob with the public only, Cem consents between his two steps, and Dua
 * consented and took it back.
 */
import { Evidence } from '../../scenarios/evidence/evidence.ts';
import type { EvidenceOptions, Zones } from '../../scenarios/evidence/evidence.ts';
import { accelerationKey, distanceKey } from '../../scenarios/evidence/landed.ts';
import type { Landed, LandedReading } from '../../scenarios/evidence/landed.ts';
import type {
  ConsentHistory,
  Truth,
  TruthAcceleration,
  TruthDistance,
  World,
} from '../../simulator/index.ts';

/** First step of everybody, and the second: 2 s later. */
export const FIRST_MS = 1_655_564_400_000;
export const SECOND_MS: number = FIRST_MS + 2_000;
/** When Cem consents and Dua takes her consent back. */
export const CHANGE_MS: number = FIRST_MS + 1_000;
const REGISTERED_MS = FIRST_MS - 86_400_000;

/** People by number. */
export const ANN = 0;
export const BOB = 1;
export const CEM = 2;
export const DUA = 3;

type Sample = readonly [x: number, y: number, z: number];

/** Person, time, distance and phone samples of each step, by number of the step. */
const STEPS: readonly (readonly [number, number, number, readonly Sample[]])[] = [
  [ANN, FIRST_MS, 201, [[1, 0, 0], [0, 1, -1]]],
  [ANN, SECOND_MS, 202, [[1, 1, 0]]],
  [BOB, FIRST_MS, 203, [[0, 0, 0]]],
  [BOB, SECOND_MS, 204, [[-1, 0, -1]]],
  [CEM, FIRST_MS, 205, [[1, -1, 0]]],
  [CEM, SECOND_MS, 206, [[0, -1, 0], [0, 1, 0]]],
  [DUA, FIRST_MS, 207, [[-1, -1, 0]]],
  [DUA, SECOND_MS, 208, [[-1, 1, -1]]],
]; // prettier-ignore

const NAMES = ['Ann', 'Bob', 'Cem', 'Dua'] as const;

/** The e-mail of a person. */
export function emailOf(person: number): string {
  return `${NAMES[person]?.toLowerCase()}@mail.example`;
}

/** The serial number of a person's trainer. */
export function serialOf(person: number): string {
  return `serial-${person}`;
}

function consent(atMs: number, research: number | undefined): ConsentHistory[0] {
  return { atMs, research, public: undefined, friends: undefined };
}

/** The world of the four. */
export function smallWorld(): World {
  return {
    spec: {
      startMs: FIRST_MS - 60_000,
      durationMs: 300_000,
      customers: 4,
      householdSize: 1,
      sessionsPerPerson: 1,
      registration: 'before',
      serials: { kind: 'own' },
      consent: { researchShare: 0.5, withdrawDuringRun: 1, consentDuringRun: 1 },
      phoneClock: { skewMs: 0, driftPpm: 0 },
      trainerClock: { driftPpm: 0 },
    },
    endMs: FIRST_MS + 240_000,
    people: NAMES.map((name, id) => ({
      id,
      identity: {
        customerName: `${name} Walker`,
        email: emailOf(id),
        phone: `801555010${id}`,
        birthDay: `1960-01-0${id + 1}`,
      },
      station: id,
      registeredAtMs: REGISTERED_MS,
      sessions: [],
    })),
    consents: [
      [consent(REGISTERED_MS, REGISTERED_MS)],
      [{ ...consent(REGISTERED_MS, undefined), public: REGISTERED_MS }],
      [consent(REGISTERED_MS, undefined), consent(CHANGE_MS, CHANGE_MS)],
      [consent(REGISTERED_MS, REGISTERED_MS), consent(CHANGE_MS, undefined)],
    ],
    phoneClocks: NAMES.map(() => ({ skewMs: 0, driftPpm: 0 })),
    boxes: NAMES.map((_, id) => ({ id, serialNumber: serialOf(id), driftPpm: 0 })),
    fulfilledSerials: NAMES.map((_, id) => serialOf(id)),
  };
}

/** What the four did: 8 distances and 10 samples, all sent whole. */
export function smallReadings(): Truth[] {
  const readings: Truth[] = [];
  STEPS.forEach(([person, atMs, distance, samples], step) => {
    const common = { person, step, atMs, fate: 'sent' } as const;
    readings.push({
      ...common,
      kind: 'distance',
      id: readings.length,
      serialNumber: serialOf(person),
      distance,
      boot: `B00${person}`,
      seq: step,
    });
    for (const [x, y, z] of samples) {
      readings.push({
        ...common,
        kind: 'acceleration',
        id: readings.length,
        timeStamp: atMs,
        x,
        y,
        z,
      });
    }
  });
  return readings;
}

/**
 * The same with a chance for every oracle. Ann's first line came twice, and her first samples came late. Bob took a third
 * step, of whose line only a part arrived, which is in quarantine. An object was packed anew. Cem had consented before,
 * and taken it back.
 */
export function evidenceOfABadCable(zones: Partial<Zones> = {}): Evidence {
  const readings = smallReadings();
  Object.assign(readings[0] ?? {}, { arrivals: 2 });
  Object.assign(readings[1] ?? {}, { lateMs: 60_000 });
  const damaged: Truth = {
    kind: 'distance',
    id: readings.length,
    person: BOB,
    step: STEPS.length,
    atMs: SECOND_MS + 2_000,
    fate: 'garbled',
    serialNumber: serialOf(BOB),
    distance: 209,
  };
  const landed = { ...landedOnce(readings), refusedLines: new Map([['$R,B001', 1]]) };
  return evidenceWith({
    world: worldOfManyMinds(),
    told: [{ place: 'step_trainer_landing', text: 'date=2022-06-18/bridge-1-0.json' }],
    dirt: { late: [], objects: [REPACKED] },
    quarantine: [],
    readings: [...readings, damaged],
    damagedLines: ['$R,B001'],
    landed,
    zones,
  });
}

/** An object that was packed anew, and is whole. */
const REPACKED = {
  key: 'accelerometer_landing/date=2022-06-18/bridge-1-0.json',
  sameAs: [],
  table: 'accelerometer_landing',
  kinds: ['gzip'],
  pieces: [],
  lostLines: new Set<number>(),
  soundLines: 10,
} as const;

function worldOfManyMinds(): World {
  const world = smallWorld();
  const consents = [...world.consents];
  consents[CEM] = [
    consent(REGISTERED_MS, REGISTERED_MS),
    consent(REGISTERED_MS + 1, undefined),
    consent(CHANGE_MS, CHANGE_MS),
  ];
  return { ...world, consents };
}

/** A landing zone in which every reading stands once; `rows` says how often a reading stands there instead. */
export function landedOnce(
  readings: readonly Truth[],
  rows: Readonly<Record<number, number>> = {},
): Landed {
  const found = new Map<number, LandedReading>();
  for (const { id, atMs } of readings) {
    const times = rows[id] ?? 1;
    if (times > 0) found.set(id, { rows: times, timeMs: atMs });
  }
  const landedRows = [...found.values()].reduce((sum, reading) => sum + reading.rows, 0);
  const present = readings.filter(({ id }) => found.has(id));
  return {
    readings: found,
    unexpectedRows: 0,
    unexpected: [],
    misshapen: { checked: landedRows, rows: 0, first: [] },
    rows: landedRows,
    lostByDirt: new Set<number>(),
    quarantined: new Set(),
    refusedLines: new Map(),
    distanceByKey: new Map(
      present.filter(isDistance).map((truth) => [keyOfDistance(truth), truth]),
    ),
    accelerationByKey: new Map(
      readings
        .filter(isAcceleration)
        .map((truth) => [accelerationKey(emailOf(truth.person), truth), truth]),
    ),
  };
}

function isDistance(truth: Truth): truth is TruthDistance {
  return truth.kind === 'distance';
}

function isAcceleration(truth: Truth): truth is TruthAcceleration {
  return truth.kind === 'acceleration';
}

function keyOfDistance(truth: TruthDistance): string {
  return distanceKey({
    serialNumber: truth.serialNumber,
    sensorReadingTime: truth.atMs,
    distanceFromObject: truth.distance,
  });
}

/** A customer as the zones hold it, in the version that rules; Ann and Cem are the ones who belong there. */
export function customerRow(person: number): Record<string, string | number | null> {
  const shares = { [ANN]: REGISTERED_MS, [CEM]: CHANGE_MS }[person] ?? null;
  return {
    customerName: `${NAMES[person]} Walker`,
    email: emailOf(person),
    phone: `801555010${person}`,
    birthDay: `1960-01-0${person + 1}`,
    serialNumber: serialOf(person),
    registrationDate: REGISTERED_MS,
    lastUpdateDate: person === CEM || person === DUA ? CHANGE_MS : REGISTERED_MS,
    shareWithResearchAsOfDate: shares,
    shareWithPublicAsOfDate: person === BOB ? REGISTERED_MS : null,
    shareWithFriendsAsOfDate: null,
  };
}

/** A customer as customer_curated holds it: with the trainer that the person was seen on. */
export function curatedRow(person: number): Zones['customer_curated'][number] {
  return {
    ...customerRow(person),
    trainerSerialNumber: serialOf(person),
    serialStatus: 'confirmed',
    serialPosterior: 1,
  };
}

/** A row of accelerometer_trusted. */
export function sampleRow(
  person: number,
  timeStamp: number,
  [x, y, z]: Sample,
): Zones['accelerometer_trusted'][number] {
  return { user: emailOf(person), timeStamp, x, y, z };
}

/** A row of step_trainer_trusted: the box it came from, and whose the pipeline takes it for. */
export function stepRow(
  box: number,
  sensorReadingTime: number,
  distanceFromObject: number,
  believed: number | null = box,
): Zones['step_trainer_trusted'][number] {
  const user = believed === null ? null : emailOf(believed);
  return { sensorReadingTime, serialNumber: serialOf(box), distanceFromObject, user };
}

/** A row of machine_learning_curated: a step, and a phone sample of the same moment unless another one is given. */
export function mlRow(
  box: number,
  sensorReadingTime: number,
  distanceFromObject: number,
  [x, y, z]: Sample,
  timeStamp: number = sensorReadingTime,
): Zones['machine_learning_curated'][number] {
  const serialNumber = serialOf(box);
  return { sensorReadingTime, serialNumber, distanceFromObject, timeStamp, x, y, z };
}

/** The zones as they must be: 2, 5, 2, 3 and 5 rows. */
export const RIGHT_ZONES: Zones = {
  customer_trusted: [customerRow(ANN), customerRow(CEM)],
  accelerometer_trusted: [
    sampleRow(ANN, FIRST_MS, [1, 0, 0]),
    sampleRow(ANN, FIRST_MS, [0, 1, -1]),
    sampleRow(ANN, SECOND_MS, [1, 1, 0]),
    sampleRow(CEM, SECOND_MS, [0, -1, 0]),
    sampleRow(CEM, SECOND_MS, [0, 1, 0]),
  ],
  customer_curated: [curatedRow(ANN), curatedRow(CEM)],
  step_trainer_trusted: [
    stepRow(ANN, FIRST_MS, 201),
    stepRow(ANN, SECOND_MS, 202),
    stepRow(CEM, SECOND_MS, 206),
  ],
  machine_learning_curated: [
    mlRow(ANN, FIRST_MS, 201, [1, 0, 0]),
    mlRow(ANN, FIRST_MS, 201, [0, 1, -1]),
    mlRow(ANN, SECOND_MS, 202, [1, 1, 0]),
    mlRow(CEM, SECOND_MS, 206, [0, -1, 0]),
    mlRow(CEM, SECOND_MS, 206, [0, 1, 0]),
  ],
};

/** Zones without a row. */
export const EMPTY_ZONES: Zones = {
  customer_trusted: [],
  accelerometer_trusted: [],
  customer_curated: [],
  step_trainer_trusted: [],
  machine_learning_curated: [],
};

/** The evidence of a run in which everything landed and the zones are right, except for what is given. */
export function evidenceWith(
  changes: Partial<Omit<EvidenceOptions, 'zones'>> & { readonly zones?: Partial<Zones> } = {},
): Evidence {
  const readings = changes.readings ?? smallReadings();
  const zones: Zones = { ...RIGHT_ZONES, ...changes.zones };
  return new Evidence({
    world: smallWorld(),
    landed: landedOnce(readings),
    occurrences: () => 0,
    damagedLines: [],
    policy: 'strict',
    zonesAgain: zones,
    ...changes,
    readings,
    zones,
  });
}
