/** All mutants in one scenario: the devices run once, what landed is loaded once, and every mutant's zones are judged. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VariantLab, ZONE_TABLES } from '../../pipeline/index.ts';
import type { Policy, Variant, ZoneTableName } from '../../pipeline/index.ts';
import type { Zones } from '../evidence/evidence.ts';
import { judgeRun } from '../oracles/judge.ts';
import type { OracleResult } from '../oracles/judge.ts';
import type { Plan } from '../plan.ts';
import { evidenceOf, stageRun } from '../run/stage-run.ts';
import type { StagedRun } from '../run/stage-run.ts';
import type { Mutant } from './mutant.ts';
import { variantOf } from './mutant-pipeline.ts';
import { isAboutZones } from './zone-oracles.ts';

/** What an oracle measured of zones that it does not accept. */
export interface FailedOracle {
  readonly oracle: string;
  readonly measured: number;
  /** One sentence with the numbers in it. */
  readonly sentence: string;
}

/** A pipeline that is held against the expectations of a scenario. */
export interface BaseVerdict {
  readonly pipeline: Policy;
  readonly failed: readonly FailedOracle[];
}

/** One mutant in one scenario. */
export interface MutantVerdict {
  readonly mutant: string;
  /** Rows by which its zones differ from those of its base, by table; empty when it makes the same zones. */
  readonly differences: Readonly<Partial<Record<ZoneTableName, number>>>;
  /** Every oracle that fails. */
  readonly failed: readonly FailedOracle[];
}

/** All that was tried in one scenario. */
export interface ScenarioVerdicts {
  readonly file: string;
  readonly seed: number;
  readonly bases: readonly BaseVerdict[];
  readonly mutants: readonly MutantVerdict[];
}

/** What is tried. */
export interface MutantJob {
  readonly plan: Plan;
  /** What the scenario is called in results. */
  readonly file: string;
  readonly mutants: readonly Mutant[];
}

/** How far the work may go, and who is told. */
export interface MutantJobSurroundings {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: string, share: number) => void) | undefined;
}

/**
 * Tries mutants, and the pipelines that they were made from, in one scenario.
 *
 * @throws ScenarioError MUTANT_STALE, PipelineError, SimulatorError, BridgeError
 */
export async function judgeMutants(
  { plan, file, mutants }: MutantJob,
  { signal, onProgress }: MutantJobSurroundings = {},
): Promise<ScenarioVerdicts> {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-mutants-'));
  try {
    const landing = join(folder, 'landing');
    await mkdir(landing);
    const staged = await stageRun({
      plan,
      landing,
      signal,
      onProgress: (share) => onProgress?.('devices', share),
    });
    const lab = await VariantLab.open({
      landing: { kind: 'folder', path: landing },
      scratch: join(folder, 'scratch'),
      signal,
    });
    try {
      const trial = new Trial(plan, staged, lab);
      const bases: BaseVerdict[] = [];
      for (const pipeline of new Set(mutants.map(({ base }) => base))) {
        bases.push(await trial.judgeBase(pipeline));
      }
      const verdicts: MutantVerdict[] = [];
      for (const [index, mutant] of mutants.entries()) {
        signal?.throwIfAborted();
        onProgress?.('mutants', index / mutants.length);
        verdicts.push(await trial.judge(mutant, variantOf(mutant, landing)));
      }
      return { file, seed: plan.seed, bases, mutants: verdicts };
    } finally {
      lab.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The plan without expectations that no zones could fail. */
function withZonesOnly(plan: Plan): Plan {
  const expectations = plan.expectations.filter(({ oracle }) => isAboutZones(oracle));
  return { ...plan, expectations, sometimes: [] };
}

/** One landing zone with its truth, and the zones of the pipelines that mutants are compared with. */
class Trial {
  readonly #plan: Plan;
  readonly #staged: StagedRun;
  readonly #lab: VariantLab;
  readonly #bases = new Map<Policy, { readonly zones: Zones; readonly verdict: BaseVerdict }>();

  constructor(plan: Plan, staged: StagedRun, lab: VariantLab) {
    this.#plan = withZonesOnly(plan);
    this.#staged = staged;
    this.#lab = lab;
  }

  async judgeBase(pipeline: Policy): Promise<BaseVerdict> {
    return (await this.#baseOf(pipeline)).verdict;
  }

  async judge(mutant: Mutant, variant: Variant): Promise<MutantVerdict> {
    const base = await this.#baseOf(mutant.base);
    const rowsOf = await this.#lab.make(variant);
    const differences: Partial<Record<ZoneTableName, number>> = {};
    const zones: Record<string, Zones[ZoneTableName]> = { ...base.zones };
    for (const table of ZONE_TABLES) {
      const rows = rowsOf.get(table);
      if (rows === undefined) continue;
      differences[table] = rows;
      zones[table] = await this.#lab.readZone(table);
    }
    if (mutant.appends === true) {
      for (const table of ZONE_TABLES) differences[table] = base.zones[table].length;
    }
    const isSame = Object.values(differences).every((rows) => rows === 0);
    const failed = isSame
      ? base.verdict.failed
      : this.#failures(zones as unknown as Zones, mutant.base, mutant.appends);
    return { mutant: mutant.id, differences: isSame ? {} : differences, failed };
  }

  async #baseOf(
    pipeline: Policy,
  ): Promise<{ readonly zones: Zones; readonly verdict: BaseVerdict }> {
    const known = this.#bases.get(pipeline);
    if (known !== undefined) return known;
    await this.#lab.make({ policy: pipeline });
    const zones = await readZones(this.#lab);
    const made = { zones, verdict: { pipeline, failed: this.#failures(zones, pipeline) } };
    this.#bases.set(pipeline, made);
    return made;
  }

  /** What oracles find wrong with zones. A pipeline whose models are queries makes the same zones when it runs again. */
  #failures(zones: Zones, policy: Policy, appends = false): FailedOracle[] {
    const zonesAgain = appends ? twice(zones) : zones;
    const evidence = evidenceOf(this.#staged, { zones, zonesAgain, policy });
    return judgeRun(this.#plan, evidence)
      .filter(({ verdict }) => verdict === 'fail')
      .map(toFailedOracle);
  }
}

function toFailedOracle({ id, measured, sentence }: OracleResult): FailedOracle {
  return { oracle: id, measured, sentence };
}

async function readZones(lab: VariantLab): Promise<Zones> {
  const zones: Record<string, Zones[ZoneTableName]> = {};
  for (const table of ZONE_TABLES) zones[table] = await lab.readZone(table);
  return zones as unknown as Zones;
}

/** The zones after a second run that adds its rows to those of the first. */
function twice(zones: Zones): Zones {
  return Object.fromEntries(
    ZONE_TABLES.map((table) => [table, [...zones[table], ...zones[table]]]),
  ) as unknown as Zones;
}
