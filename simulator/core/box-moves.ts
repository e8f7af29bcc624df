/** Trainers that change places, and what the website hears of it. */
import { firstRoundEnd, householdStart } from './people.ts';
import type { Person } from './people.ts';
import type { RandomStreams } from './random.ts';
import { moveReason, swapPartner } from './trainer-moves.ts';
import type { MoveReason } from './trainer-moves.ts';
import type { TrainerBox } from './world.ts';
import type { WorldSpec } from './world-spec.ts';

/** What passes between the end of the first sessions and the arrival of another trainer. */
const MOVE_MS = 15_000;

/** Another box comes to a station at a time in epoch ms; the one that was there is gone. */
export interface BoxMove {
  readonly atMs: number;
  readonly station: number;
  readonly box: TrainerBox;
  readonly reason: MoveReason;
}

/** The website writes another serial number to a customer, at a time in epoch ms. */
export interface SerialChange {
  readonly atMs: number;
  readonly person: number;
  readonly serialNumber: string;
}

/** What moves are drawn from. */
export interface MovesWorld {
  readonly people: readonly Person[];
  readonly boxes: readonly TrainerBox[];
  /** The trainer that a station gets for the one that was sent back. */
  readonly drawReplacement: (station: number) => TrainerBox;
  readonly streams: RandomStreams;
}

/** The moves of a world in the order of time, and what the website hears of them. */
export function drawMoves(
  spec: WorldSpec,
  world: MovesWorld,
): { readonly moves: BoxMove[]; readonly serialChanges: SerialChange[] } {
  const moves = world.boxes
    .flatMap(({ id }) => drawMove(spec, world, id) ?? [])
    .sort((left, right) => left.atMs - right.atMs);
  return { moves, serialChanges: hearOf(moves, spec, world.people) };
}

function drawMove(
  spec: WorldSpec,
  { boxes, drawReplacement, streams }: MovesWorld,
  station: number,
): BoxMove | undefined {
  const reason = moveReason(spec.moves, station);
  if (reason === undefined) return undefined;
  const partner = swapPartner(spec.moves, station);
  // The partner of the last household may not exist.
  const box = partner === undefined ? drawReplacement(station) : boxes[partner];
  if (box === undefined) return undefined;
  const households = partner === undefined ? [station] : [station, partner];
  const endsMs = households.map((household) =>
    firstRoundEnd(spec, householdStart(spec, household, streams)),
  );
  return { atMs: Math.max(...endsMs) + MOVE_MS, station, box, reason };
}

function hearOf(
  moves: readonly BoxMove[],
  { moves: spec }: WorldSpec,
  people: readonly Person[],
): SerialChange[] {
  const heard = moves.filter(({ reason }) =>
    reason === 'return' ? spec?.told.returns : spec?.told.swaps,
  );
  return heard.flatMap(({ atMs, station, box: { serialNumber } }) =>
    people
      .filter((person) => person.station === station)
      .map(({ id }) => ({ atMs, person: id, serialNumber })),
  );
}
