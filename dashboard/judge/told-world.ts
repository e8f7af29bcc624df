/** The world as far as its website has told it: a pipeline cannot know of decisions that have not landed. */
import type { World } from '../../simulator/index.ts';

/**
 * The world without the decisions that the customer feed does not tell of yet. `toldUntilMs` says until when it tells of
 * each person (epoch ms), by the number of the person; of somebody without such a time nothing has landed.
 */
export function toldWorld(world: World, toldUntilMs: readonly (number | undefined)[]): World {
  return {
    ...world,
    consents: world.consents.map((history, person) => {
      const untilMs = toldUntilMs[person];
      if (untilMs === undefined) return [];
      const told = history.filter(({ atMs }) => atMs <= untilMs);
      return told.length === history.length ? history : told;
    }),
  };
}

/** A world to be sent to another process: without its motion, which is most of it and is in the ledger as readings. */
export function withoutMotion(world: World): World {
  return {
    ...world,
    people: world.people.map((person) => ({
      ...person,
      sessions: person.sessions.map(({ startMs, endMs }) => ({ startMs, endMs, steps: [] })),
    })),
  };
}
