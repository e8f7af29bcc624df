/** A part of a world: some of its people, devices and steps. What remains is as it was drawn, and keeps its numbers. */
import type { Person } from './people.ts';
import type { Moment, Session } from './session.ts';
import type { World } from './world.ts';

/** What remains of a world; everything of a kind that is not given. Times are epoch ms. */
export interface WorldCrop {
  /** Numbers of the people who take part; the others never register and never exercise. */
  readonly people?: readonly number[] | undefined;
  /** Numbers of the stations whose trainers are in use. */
  readonly trainers?: readonly number[] | undefined;
  /** Numbers of the people whose phones are in use. */
  readonly phones?: readonly number[] | undefined;
  /** Which steps of each session are done: from the first to the last, both counted from 0. */
  readonly steps?: { readonly first: number; readonly last: number } | undefined;
  /** No step is done earlier. */
  readonly fromMs?: number | undefined;
  /** No step is done then or later. */
  readonly untilMs?: number | undefined;
}

/** The people who take part in a world: all of them, unless it is a part of another. */
export function participantsOf({ people }: Pick<World, 'people'>): readonly Person[] {
  return people.filter(({ isAbsent }) => isAbsent !== true);
}

/** The part of a world. Lists keep their length, as they are indexed by number. */
export function cropWorld(world: World, crop: WorldCrop): World {
  const present = crop.people === undefined ? undefined : new Set(crop.people);
  const isPresent = (id: number): boolean => present?.has(id) ?? true;
  const isInUse = (numbers: readonly number[] | undefined, id: number): boolean =>
    numbers?.includes(id) ?? true;
  const { serialChanges } = world;
  return {
    ...world,
    people: world.people.map((person) => {
      const { id, station } = person;
      if (!isPresent(id)) return { ...person, isAbsent: true, sessions: [] };
      return {
        ...person,
        sessions: person.sessions.flatMap((session) => cropSession(session, crop)),
        ...(!isInUse(crop.trainers, station) && { hasNoTrainer: true }),
        ...(!isInUse(crop.phones, id) && { hasNoPhone: true }),
      };
    }),
    consents: world.consents.map((history, id) => (isPresent(id) ? history : [])),
    ...(serialChanges !== undefined && {
      serialChanges: serialChanges.filter(({ person }) => isPresent(person)),
    }),
  };
}

/** The steps of a session that are done; a session of which none is done does not take place. */
function cropSession(session: Session, { steps, fromMs, untilMs }: WorldCrop): Session[] {
  const isDone = ({ atMs }: Moment, index: number): boolean =>
    index >= (steps?.first ?? 0) &&
    index <= (steps?.last ?? Infinity) &&
    atMs >= (fromMs ?? -Infinity) &&
    atMs < (untilMs ?? Infinity);
  const done = session.steps.filter(isDone);
  const [first, last] = [done[0], done.at(-1)];
  if (first === undefined || last === undefined) return [];
  const next = session.steps[session.steps.indexOf(last) + 1];
  return [{ startMs: first.atMs, endMs: next?.atMs ?? session.endMs, steps: done }];
}
