/** How the switches of the page stand: read from the world and from what was done to it, never remembered beside them. */
import type { LiveRun } from '../../scenarios/index.ts';
import type { World } from '../../simulator/index.ts';
import type { DemoPolicy, Switches } from '../api.ts';

/** What of a run switches are read from. */
export type SwitchedRun = Pick<LiveRun, 'world' | 'atMs' | 'stations' | 'isOn' | 'isSpeedFixed'>;

/** The switches now. */
export function switchesOf(run: SwitchedRun, policy: DemoPolicy): Switches {
  const { world, atMs } = run;
  const stations = run.stations.map(({ id }) => id);
  return {
    pool: poolAt(world, atMs),
    policy,
    skewMs: skewAt(world, atMs),
    broker: run.isOn('broker') ? 'down' : 'up',
    storage: run.isOn('storage') ? 'down' : 'up',
    unplugged: stations.filter((station) => run.isOn(`unplug:${station}`)),
    garbled: stations.filter((station) => run.isOn(`garble:${station}`)),
    withdrawn: withdrawnAt(world, atMs),
    isSpeedFixed: run.isSpeedFixed,
  };
}

/** The pool from which the website gives out serial numbers; `undefined` when everybody has their own. */
function poolAt({ spec }: Pick<World, 'spec'>, atMs: number): number | undefined {
  const changed = spec.changes?.findLast(
    (change) => change.kind === 'serials' && change.atMs <= atMs,
  );
  const serials = changed?.kind === 'serials' ? changed.serials : spec.serials;
  return serials.kind === 'pool' ? serials.size : undefined;
}

/** The bound of the phones' clock errors, in ms. */
function skewAt({ spec }: Pick<World, 'spec'>, atMs: number): number {
  const changed = spec.changes?.findLast(
    (change) => change.kind === 'phone-clock' && change.atMs <= atMs,
  );
  return changed?.kind === 'phone-clock' ? changed.skewMs : spec.phoneClock.skewMs;
}

/** People who shared data when the world began, or later, and do not any more. */
function withdrawnAt({ spec, consents }: Pick<World, 'spec' | 'consents'>, atMs: number): number[] {
  return consents.flatMap((history, person) => {
    const last = history.findLast((decision) => decision.atMs <= atMs);
    const withdrew = last !== undefined && last.atMs >= spec.startMs && last.research === undefined;
    const gaveBefore = history.some(
      (decision) => decision.atMs < (last?.atMs ?? 0) && decision.research !== undefined,
    );
    return withdrew && gaveBefore ? [person] : [];
  });
}
