/** A world: its people, their consent, the trainers at their stations, and what the fulfilment website wrote down. */
import { drawMoves } from './box-moves.ts';
import type { BoxMove, SerialChange } from './box-moves.ts';
import { drawConsent } from './consent.ts';
import type { ConsentDecision } from './consent.ts';
import { customerVersions, drawWritings } from './customer-versions.ts';
import type { VersionWriting } from './customer-versions.ts';
import { drawSerial } from './fulfilment.ts';
import { drawPeople } from './people.ts';
import type { Person } from './people.ts';
import { drawPhoneClock } from './phone-clock.ts';
import type { PhoneClock } from './phone-clock.ts';
import { drawBetween, drawUuid } from './random.ts';
import type { RandomStreams } from './random.ts';
import { withChange } from './world-changes.ts';
import { cropWorld } from './world-crop.ts';
import type { WorldSpec } from './world-spec.ts';

export type { PhoneClock } from './phone-clock.ts';

/** A step trainer: the box, whatever port it is on. */
export interface TrainerBox {
  readonly id: number;
  readonly serialNumber: string;
  readonly driftPpm: number;
}

/** Everything that is true in a run. Lists are indexed by person, station or box number. */
export interface World {
  readonly spec: WorldSpec;
  readonly endMs: number;
  readonly people: readonly Person[];
  /** Of somebody who is absent there are none. */
  readonly consents: readonly (readonly ConsentDecision[])[];
  readonly phoneClocks: readonly PhoneClock[];
  /** Box n stands at station n when the world begins. */
  readonly boxes: readonly TrainerBox[];
  /** The serial number that the website wrote to each customer at first: the fulfilment bug. */
  readonly fulfilledSerials: readonly string[];
  /** Boxes that change places or are replaced, in the order of time; none if not given. */
  readonly moves?: readonly BoxMove[];
  /** The serial numbers that the website wrote later, because it heard of a move; none if not given. */
  readonly serialChanges?: readonly SerialChange[];
  /** How the website writes each version of each customer; plainly and in time if not given. */
  readonly writings?: readonly (readonly VersionWriting[])[];
}

/**
 * Draws a world, what changes in it, and the part of it that is asked for. The same spec and streams give the same world.
 * A world that was changed while it went on is the one that its own spec gives.
 */
export function drawWorld(spec: WorldSpec, streams: RandomStreams): World {
  const { changes = [], ...still } = spec;
  const world = changes.reduce<World>(
    (changing, change) => withChange(changing, change, streams),
    drawWholeWorld(still, streams),
  );
  return spec.only === undefined ? world : cropWorld(world, spec.only);
}

function drawWholeWorld(spec: WorldSpec, streams: RandomStreams): World {
  const people = drawPeople(spec, streams);
  const stations = Math.ceil(spec.customers / spec.householdSize);
  const boxes = Array.from({ length: stations }, (_, id) =>
    drawBox(id, `box:${id}`, spec, streams),
  );
  const world: World = {
    spec,
    endMs: spec.startMs + spec.durationMs,
    people,
    consents: people.map((person) => drawConsent(person, spec, streams)),
    phoneClocks: people.map((person) => drawPhoneClock(spec, streams(`phone:${person.id}/clock`))),
    boxes,
    fulfilledSerials: people.map((person) => drawSerial(person, spec.serials, boxes, streams)),
    ...(spec.moves !== undefined && drawMovesOf(spec, people, boxes, streams)),
  };
  const { writing } = spec;
  if (writing === undefined) return world;
  return {
    ...world,
    writings: people.map((person) => {
      const versionTimes = customerVersions(world, person.id).map(({ decision }) => decision.atMs);
      return drawWritings(person, versionTimes, { ...spec, writing }, streams);
    }),
  };
}

function drawMovesOf(
  spec: WorldSpec,
  people: readonly Person[],
  boxes: readonly TrainerBox[],
  streams: RandomStreams,
): Required<Pick<World, 'moves' | 'serialChanges'>> {
  const drawReplacement = (station: number): TrainerBox =>
    drawBox(boxes.length + station, `station:${station}/replacement`, spec, streams);
  return drawMoves(spec, { people, boxes, drawReplacement, streams });
}

function drawBox(id: number, name: string, spec: WorldSpec, streams: RandomStreams): TrainerBox {
  const random = streams(`${name}/identity`);
  return {
    id,
    serialNumber: drawUuid(random),
    driftPpm: drawBetween(random, spec.trainerClock.driftPpm),
  };
}
