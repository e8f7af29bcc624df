/** A world: its people, their consent, the trainers at their stations, and what the fulfilment website wrote down. */
import { drawConsent } from './consent.ts';
import type { ConsentHistory } from './consent.ts';
import { drawPeople } from './people.ts';
import type { Person } from './people.ts';
import { drawInteger, drawUuid } from './random.ts';
import type { Random, RandomStreams } from './random.ts';
import type { ClockSpec, WorldSpec } from './world-spec.ts';

/** A step trainer: the box, whatever port it is on. */
export interface TrainerBox {
  readonly id: number;
  readonly serialNumber: string;
  readonly driftPpm: number;
}

/** A phone's clock against the world's: `skewMs` at the start of the world, then `driftPpm` on top. */
export interface PhoneClock {
  readonly skewMs: number;
  readonly driftPpm: number;
}

/** Everything that is true in a run. Lists are indexed by person, station or box number. */
export interface World {
  readonly spec: WorldSpec;
  readonly endMs: number;
  readonly people: readonly Person[];
  readonly consents: readonly ConsentHistory[];
  readonly phoneClocks: readonly PhoneClock[];
  /** Box n stands at station n when the world begins. */
  readonly boxes: readonly TrainerBox[];
  /** The serial number that the website wrote to each customer: the fulfilment bug. */
  readonly fulfilledSerials: readonly string[];
}

/** Draws a world. The same spec and streams give the same world. */
export function drawWorld(spec: WorldSpec, streams: RandomStreams): World {
  const people = drawPeople(spec, streams);
  const stations = Math.ceil(spec.customers / spec.householdSize);
  const boxes = Array.from({ length: stations }, (_, id) => drawBox(id, spec, streams));
  return {
    spec,
    endMs: spec.startMs + spec.durationMs,
    people,
    consents: people.map((person) => drawConsent(person, spec, streams)),
    phoneClocks: people.map((person) => drawPhoneClock(spec, streams(`phone:${person.id}/clock`))),
    boxes,
    fulfilledSerials: people.map((person) => fulfilSerial(person, spec, boxes, streams)),
  };
}

function drawBox(id: number, spec: WorldSpec, streams: RandomStreams): TrainerBox {
  const random = streams(`box:${id}/identity`);
  return {
    id,
    serialNumber: drawUuid(random),
    driftPpm: drawBetween(random, spec.trainerClock.driftPpm),
  };
}

function drawPhoneClock(spec: WorldSpec, random: Random): PhoneClock {
  const { skewMs, driftPpm }: ClockSpec = spec.phoneClock;
  return { skewMs: drawBetween(random, skewMs), driftPpm: drawBetween(random, driftPpm) };
}

function fulfilSerial(
  person: Person,
  spec: WorldSpec,
  boxes: readonly TrainerBox[],
  streams: RandomStreams,
): string {
  const serialOf = (box: number): string => (boxes[box] as TrainerBox).serialNumber;
  if (spec.serials.kind === 'own') return serialOf(person.station);
  // The pool holds the serials of trainers that exist, so that the wrong joins find rows.
  const size = Math.min(spec.serials.size, boxes.length);
  if (spec.serials.assign === 'round-robin') return serialOf(person.id % size);
  return serialOf(drawInteger(streams(`person:${person.id}/fulfilment`), 0, size - 1));
}

/** A draw between minus and plus `bound`. */
function drawBetween(random: Random, bound: number): number {
  return (2 * random.next() - 1) * bound;
}
