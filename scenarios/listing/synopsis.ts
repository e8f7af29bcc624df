/** What can be said of a scenario before it is run. */
import { ORACLE_IDS } from '../oracles/ids.ts';
import type { Scenario } from '../schema/index.ts';
import type { NamedScenario } from './catalogue.ts';

/** Start and end of a run in sim, and each exercise in it, in seconds on one core; measured on small and large worlds. */
const SIM_COST = { runS: 0.8, sessionS: 0.009 };

/** One scenario in a list. */
export interface Synopsis {
  readonly file: string;
  readonly name: string;
  readonly about?: string;
  readonly tags: readonly string[];
  readonly mode: 'sim' | 'live';
  readonly pipeline: Scenario['pipeline'];
  readonly people: number;
  /** How long the world lasts. */
  readonly simulatedSeconds: number;
  /** About how long a run takes. */
  readonly estimatedSeconds: number;
  /** Ids of the oracles that are asked. */
  readonly asserts: readonly string[];
  /** What must happen at least once. */
  readonly sometimes: readonly string[];
  /** What goes wrong. */
  readonly faults: readonly string[];
}

/** Tells what a scenario is about. */
export function synopsisOf({ file, scenario }: NamedScenario): Synopsis {
  const { name, about, tags, run, pipeline, world, expect, faults } = scenario;
  return {
    file,
    name,
    ...(about !== undefined && { about: about.trim() }),
    tags,
    mode: run.mode,
    pipeline,
    people: world.customers,
    simulatedSeconds: run.duration / 1_000,
    estimatedSeconds: estimateSeconds(scenario),
    asserts: ORACLE_IDS.filter((id) => expect[id] !== undefined),
    sometimes: expect.sometimes ?? [],
    faults: [...new Set(faults.map(({ kind }) => kind))],
  };
}

function estimateSeconds({ run, world }: Scenario): number {
  if (run.mode === 'live') return run.duration / 1_000 / run.speed;
  const sessions = world.customers * (world.sessions?.perPerson ?? 1);
  return SIM_COST.runS + SIM_COST.sessionS * sessions;
}
