/** The report of a run that may still go on: as `stedi run` writes it, with both pipelines. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readZones, runPipeline, ZONE_TABLES } from '../../pipeline/index.ts';
import {
  collectToldTexts,
  Evidence,
  matchLanding,
  renderReport,
  resultOf,
  toRunDocument,
} from '../../scenarios/index.ts';
import type { Landed, Plan, ScenarioResult, Zones } from '../../scenarios/index.ts';
import { drawWorld, seededStreams } from '../../simulator/index.ts';
import type { Truth, World } from '../../simulator/index.ts';
import type { DemoPolicy } from '../api.ts';
import type { Facts } from './judge-policy.ts';
import type { JudgeReport } from './judge.ts';
import type { TruthFile } from './truth-file.ts';

/** What a report is made of. */
export interface ReportCase {
  readonly plan: Plan;
  readonly file: string;
  /** A folder that is made and removed. */
  readonly scratch: string;
  /** Folder of the landing zone. */
  readonly landing: string;
  readonly facts: Facts;
  readonly truth: TruthFile;
  readonly policies: readonly DemoPolicy[];
}

/** Makes it. Throws what the pipelines throw. */
export async function makeReport(reportCase: ReportCase): Promise<JudgeReport> {
  const { plan, landing, facts, scratch, policies } = reportCase;
  const readings = settledReadings(facts);
  // Reports tell of sessions and steps, which are not in the world that a judge is sent.
  const { people } = drawWorld(plan.world, seededStreams(plan.seed));
  const world = { ...facts.world, people };
  const landed = await matchLanding(landing, world, readings);
  const scenarios: ScenarioResult[] = [];
  try {
    for (const policy of policies) {
      const out = join(scratch, policy);
      await mkdir(out, { recursive: true });
      scenarios.push(await judge(reportCase, { policy, out, world, readings, landed }));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const document = toRunDocument(scenarios);
  return { html: renderReport(document), document };
}

async function judge(
  { plan, file, truth, landing }: ReportCase,
  options: {
    readonly policy: DemoPolicy;
    readonly out: string;
    readonly world: World;
    readonly readings: readonly Truth[];
    readonly landed: Landed;
  },
): Promise<ScenarioResult> {
  const { policy, out, world, readings, landed } = options;
  const run = (): ReturnType<typeof runPipeline> =>
    runPipeline({
      landing: { kind: 'folder', path: landing },
      out: { kind: 'folder', path: out },
      policy,
      threads: 1,
    });
  const asks = (id: string): boolean => plan.expectations.some(({ oracle }) => oracle === id);
  const outcome = await run();
  const zones = await allZones(out);
  const { audit } = outcome;
  const told = asks('privacy.quarantine')
    ? await collectToldTexts({ landing, zones: out, audit })
    : [];
  let zonesAgain: Zones | undefined;
  if (asks('zones.idempotence')) {
    await run();
    zonesAgain = await allZones(out);
  }
  const evidence = new Evidence({
    world,
    readings,
    landed,
    zones,
    zonesAgain,
    policy,
    told,
    occurrences: (occurrence) => truth.occurrences(occurrence),
    damagedLines: truth.damagedLines,
  });
  return resultOf(evidence, { plan, file, pipeline: policy, outcome });
}

function allZones(folder: string): Promise<Zones> {
  return readZones(folder, ZONE_TABLES);
}

/**
 * The readings without those that are still on their way, numbered anew: of each device those that were made after the
 * last one that has landed. While a run goes on nobody can tell whether they are lost.
 */
export function settledReadings({ readings, landed }: Pick<Facts, 'readings' | 'landed'>): Truth[] {
  const lastMs = new Map<string, number>();
  const device = ({ person, kind }: Truth): string => `${person}|${kind}`;
  for (const id of landed.readings.keys()) {
    const truth = readings[id];
    if (truth === undefined) continue;
    const key = device(truth);
    lastMs.set(key, Math.max(truth.atMs, lastMs.get(key) ?? truth.atMs));
  }
  const settled: Truth[] = [];
  for (const truth of readings) {
    if (truth.atMs > (lastMs.get(device(truth)) ?? -Infinity)) continue;
    settled.push(truth.id === settled.length ? truth : { ...truth, id: settled.length });
  }
  return settled;
}
