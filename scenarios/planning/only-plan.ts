/** From the part of a world in a scenario file to that of a plan, and what may be wrong with it beyond its shape. */
import type { WorldSpec } from '../../simulator/index.ts';
import type { Contradiction } from '../contradictions/contradiction.ts';
import type { Scenario, ScenarioOnly } from '../schema/index.ts';

/** The part of a world that starts at `startMs` (epoch ms); nothing when all of it takes part. */
export function toWorldCrop(
  only: ScenarioOnly | undefined,
  startMs: number,
): Pick<WorldSpec, 'only'> {
  if (only === undefined) return {};
  const { people, trainers, phones, steps, from, until } = only;
  const crop = {
    ...(people !== undefined && { people }),
    ...(trainers !== undefined && { trainers }),
    ...(phones !== undefined && { phones }),
    ...(steps !== undefined && { steps }),
    ...(from !== undefined && { fromMs: startMs + from }),
    ...(until !== undefined && { untilMs: startMs + until }),
  };
  return { only: crop };
}

/** What is wrong with the part of a world: a path in the file and a sentence. */
export function findOnlyContradictions({ world }: Scenario): Contradiction[] {
  const { only = {}, customers, households } = world;
  const stations = Math.ceil(customers / (households?.size ?? 1));
  const found: Contradiction[] = [];
  const because = ['world.customers', 'world.households'];
  const check = (key: 'people' | 'trainers' | 'phones', count: number, what: string): void => {
    for (const [index, number] of (only[key] ?? []).entries()) {
      if (number < count) continue;
      const message = `there are only ${count} ${what}, numbered from 0`;
      found.push({ path: ['world', 'only', key, index], message, because });
    }
  };
  check('people', customers, 'people');
  check('trainers', stations, 'trainers');
  check('phones', customers, 'phones');
  if ((only.until ?? Infinity) <= (only.from ?? 0)) {
    const path = ['world', 'only', 'until'];
    found.push({ path, message: 'nothing is left of the time', because: ['world.only'] });
  }
  return found;
}
