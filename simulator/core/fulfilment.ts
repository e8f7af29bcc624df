/** The fulfilment website: which serial numbers it writes to its customers. */
import type { Person } from './people.ts';
import { drawInteger } from './random.ts';
import type { Random, RandomStreams } from './random.ts';
import type { TrainerBox, World } from './world.ts';
import type { SerialsChange, SerialsSpec } from './world-spec.ts';

/** The serial number that the website writes to a person at first. */
export function drawSerial(
  person: Pick<Person, 'id' | 'station'>,
  serials: SerialsSpec,
  boxes: readonly TrainerBox[],
  streams: RandomStreams,
): string {
  const own = boxes[person.station] as TrainerBox;
  const open = (): Random => streams(`person:${person.id}/fulfilment`);
  return chooseSerial(person, serials, { boxes, own, open });
}

/**
 * The serial number that the website writes to a person when it gives them out in another way. Who gets their own gets
 * that of the trainer which stands at their station then.
 */
export function drawSerialAnew(
  { boxes, moves = [], spec }: Pick<World, 'boxes' | 'moves' | 'spec'>,
  person: Pick<Person, 'id' | 'station'>,
  { atMs, serials }: Omit<SerialsChange, 'kind'>,
  streams: RandomStreams,
): string {
  const moved = moves.findLast((move) => move.station === person.station && move.atMs <= atMs);
  const own = moved?.box ?? (boxes[person.station] as TrainerBox);
  const open = (): Random => streams(`person:${person.id}/fulfilment/${atMs - spec.startMs}`);
  return chooseSerial(person, serials, { boxes, own, open });
}

interface Choice {
  readonly boxes: readonly TrainerBox[];
  /** The trainer that the person has. */
  readonly own: TrainerBox;
  readonly open: () => Random;
}

function chooseSerial(
  { id, station }: Pick<Person, 'id' | 'station'>,
  serials: SerialsSpec,
  { boxes, own, open }: Choice,
): string {
  if (serials.kind === 'own') return own.serialNumber;
  const serialOf = (box: number): string => (boxes[box] as TrainerBox).serialNumber;
  // The pool holds the serials of trainers that exist, so that the wrong joins find rows.
  const size = Math.min(serials.size, boxes.length);
  switch (serials.assign) {
    case 'round-robin':
      return serialOf(id % size);
    case 'shifted':
      return serialOf((station + 1) % size);
    case 'random':
      return serialOf(drawInteger(open(), 0, size - 1));
    case 'skewed':
      return serialOf(Math.min(size - 1, Math.floor((size + 1) ** open().next()) - 1));
  }
}
