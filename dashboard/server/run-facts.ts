/** What the page is told of a run once. */
import type { LiveRun } from '../../scenarios/index.ts';
import { PHONE_RATE_HZ, phoneClientId, TRAINER_RATE_HZ } from '../../simulator/index.ts';
import type { Person } from '../../simulator/index.ts';
import type { PersonFacts, RunFacts } from '../api.ts';

/** The facts of a run. `file` is what its scenario is called. */
export function factsOf(
  run: Pick<LiveRun, 'plan' | 'world' | 'stations'>,
  { runId, file }: { readonly runId: string; readonly file: string },
): RunFacts {
  const { plan, world } = run;
  const isSampled = world.spec.profile === 'continuous';
  return {
    runId,
    title: plan.name,
    about: plan.about,
    file,
    seed: plan.seed,
    startMs: world.spec.startMs,
    endMs: world.endMs,
    people: world.people.filter(({ isAbsent }) => isAbsent !== true).map(toPerson),
    stations: run.stations,
    ratesHz: isSampled
      ? { phone: PHONE_RATE_HZ, trainer: TRAINER_RATE_HZ }
      : { phone: 0, trainer: 0 },
    poolMax: world.boxes.length,
  };
}

function toPerson({ id, identity, station }: Person): PersonFacts {
  return { id, name: identity.customerName, station, clientId: phoneClientId(id) };
}
