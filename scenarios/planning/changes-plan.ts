/** From what changes in a scenario while it runs to the changes of its world, and what may be wrong with them. */
import type { SerialsSpec, WorldChange, WorldSpec } from '../../simulator/index.ts';
import type { Contradiction } from '../contradictions/contradiction.ts';
import type { Scenario, ScenarioSerialPool } from '../schema/index.ts';

/** How serial numbers are given out. */
export function toSerials({ pool, assign = 'round-robin' }: ScenarioSerialPool = {}): SerialsSpec {
  return pool === undefined ? { kind: 'own' } : { kind: 'pool', size: pool, assign };
}

/** What changes in a world that starts at `startMs` (epoch ms), in the order of time; nothing when it stays as it is. */
export function toWorldChanges(
  { world, devices }: Pick<Scenario, 'world' | 'devices'>,
  startMs: number,
): Pick<WorldSpec, 'changes'> {
  const { consents, serials, clocks } = changesOf({ world, devices });
  const changes: WorldChange[] = [
    ...consents.map(({ at, person, research }): WorldChange => ({
      kind: 'consent',
      atMs: startMs + at,
      person,
      research,
    })),
    ...serials.map(({ at, ...pool }): WorldChange => ({
      kind: 'serials',
      atMs: startMs + at,
      serials: toSerials(pool),
    })),
    ...clocks.map(({ at, skew }): WorldChange => ({
      kind: 'phone-clock',
      atMs: startMs + at,
      skewMs: skew,
    })),
  ];
  if (changes.length === 0) return {};
  return { changes: changes.sort((left, right) => left.atMs - right.atMs) };
}

/** What is wrong with what changes: a path in the file and a sentence. */
export function findChangeContradictions(scenario: Scenario): Contradiction[] {
  const { consents, serials, clocks } = changesOf(scenario);
  const { world, run } = scenario;
  const trainers = Math.ceil(world.customers / (world.households?.size ?? 1));
  const found: Contradiction[] = [];
  const lists = [
    { place: CONSENTS, changes: consents },
    { place: SERIALS, changes: serials },
    { place: CLOCKS, changes: clocks },
  ];
  for (const { place, changes } of lists) {
    for (const [index, { at }] of changes.entries()) {
      if (at < run.duration) continue;
      const message = 'it would change after the end of the run';
      found.push({ path: [...place, index, 'at'], message, because: ['run.duration'] });
    }
  }
  for (const [index, { person }] of consents.entries()) {
    if (person < world.customers) continue;
    const message = `there are only ${world.customers} people, numbered from 0`;
    const path = [...CONSENTS, index, 'person'];
    found.push({ path, message, because: ['world.customers'] });
  }
  const pools = serials.map((pool, index) => ({ place: [...SERIALS, index], pool }));
  const first = { place: SERIALS.slice(0, -1), pool: world.serials ?? {} };
  for (const { place, pool } of [first, ...pools]) {
    found.push(...findPoolContradictions(pool, place, trainers));
  }
  return found;
}

const CONSENTS = ['world', 'consent', 'changes'] as const;
const SERIALS = ['world', 'serials', 'changes'] as const;
const CLOCKS = ['devices', 'phone', 'clock', 'changes'] as const;

function changesOf({ world, devices }: Pick<Scenario, 'world' | 'devices'>) {
  return {
    consents: world.consent.changes ?? [],
    serials: world.serials?.changes ?? [],
    clocks: devices.phone?.clock?.changes ?? [],
  };
}

function findPoolContradictions(
  { pool, assign }: ScenarioSerialPool,
  place: Contradiction['path'],
  trainers: number,
): Contradiction[] {
  if (pool === undefined && assign !== undefined) {
    const message =
      'everybody gets their own number where there is no pool; name one, or leave this out';
    return [{ path: [...place, 'assign'], message, because: [[...place, 'pool'].join('.')] }];
  }
  if (pool === undefined || pool <= trainers) return [];
  const message = `there are only ${trainers} trainers whose serial numbers can be given out`;
  return [{ path: [...place, 'pool'], message, because: ['world.customers', 'world.households'] }];
}
