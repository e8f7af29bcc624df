/** One landing zone with its truth, on which mutants and the pipelines that they were made from are tried. */
import { join } from 'node:path';
import { VariantLab, ZONE_TABLES } from '../../pipeline/index.ts';
import type { Policy, Variant, ZoneTableName } from '../../pipeline/index.ts';
import type { Zones } from '../evidence/evidence.ts';
import { readSetAside } from '../evidence/set-aside.ts';
import type { SetAside } from '../evidence/set-aside.ts';
import { judgeRun } from '../oracles/judge.ts';
import { isAboutZones } from '../oracles/zone-oracles.ts';
import type { Plan } from '../planning/plan.ts';
import { evidenceOf } from '../run/stage-run.ts';
import type { StagedRun } from '../run/stage-run.ts';
import { loadObjects, readAs, writeTables } from './landing-reader.ts';
import type { LandingBytes } from './landing-reader.ts';
import { variantOf } from './mutant-pipeline.ts';
import type { Mutant } from './mutant.ts';
import type { BaseVerdict, Difference, FailedOracle, MutantVerdict } from './verdicts.ts';

/** Where a trial has its files. */
export interface TrialFolders {
  /** The landing zone. */
  readonly landing: string;
  /** A folder for everything else, to be removed afterwards. */
  readonly scratch: string;
}

/** A pipeline on this landing zone: what it makes, and what it sets aside. */
interface Made {
  readonly zones: Zones;
  readonly quarantine: readonly SetAside[];
}

interface Base extends Made {
  readonly verdict: BaseVerdict;
}

/** What a mutant takes for the landing zone. */
interface Misread {
  readonly landing: NonNullable<Variant['landing']>;
  readonly quarantine: readonly SetAside[];
}

/** Tries mutants one after the other. The caller closes it. */
export class Trial {
  readonly #plan: Plan;
  readonly #staged: StagedRun;
  readonly #folders: TrialFolders;
  readonly #lab: VariantLab;
  readonly #bases = new Map<Policy, Base>();
  /** What was found wrong with zones, by their digests: some mutants make the same ones. */
  readonly #known = new Map<string, readonly FailedOracle[]>();
  #objects: Promise<readonly LandingBytes[]> | undefined;
  #misreads = 0;

  private constructor(plan: Plan, staged: StagedRun, folders: TrialFolders, lab: VariantLab) {
    this.#plan = withZonesOnly(plan);
    this.#staged = staged;
    this.#folders = folders;
    this.#lab = lab;
  }

  /** Loads the landing zone. Throws PipelineError where it cannot be read. */
  static async open(
    plan: Plan,
    staged: StagedRun,
    { signal, ...folders }: TrialFolders & { readonly signal?: AbortSignal | undefined },
  ): Promise<Trial> {
    const { landing, scratch } = folders;
    const lab = await VariantLab.open({
      landing: { kind: 'folder', path: landing },
      scratch: join(scratch, 'engine'),
      quarantineFolder: quarantineIn(join(scratch, 'shipped')),
      signal,
    });
    return new Trial(plan, staged, folders, lab);
  }

  close(): void {
    this.#lab.close();
  }

  /** Holds a shipped pipeline against the expectations. Errors are those of the engine. */
  async judgeBase(pipeline: Policy): Promise<BaseVerdict> {
    return (await this.#baseOf(pipeline)).verdict;
  }

  /** Holds a mutant against the expectations. Errors are those of its edits and of the engine. */
  async judge(mutant: Mutant): Promise<MutantVerdict> {
    const base = await this.#baseOf(mutant.base);
    const misread = await this.#misread(mutant);
    const digests = await this.#lab.make({
      ...variantOf(mutant),
      ...(misread !== undefined && { landing: misread.landing }),
    });
    const appends = mutant.appends === true;
    const quarantine = misread?.quarantine ?? base.quarantine;
    const differs: Difference[] = ZONE_TABLES.filter((table) => appends || digests.has(table));
    const asideText = JSON.stringify(quarantine);
    if (asideText !== JSON.stringify(base.quarantine)) differs.push('quarantine');
    if (differs.length === 0) return { mutant: mutant.id, differs, failed: base.verdict.failed };
    const zoneDigests = ZONE_TABLES.map((table) => digests.get(table) ?? '');
    const key = JSON.stringify([mutant.base, appends, zoneDigests, asideText]);
    const failed =
      this.#known.get(key) ??
      this.#failures(
        { zones: await this.#zonesOf(base, digests), quarantine },
        mutant.base,
        appends,
      );
    this.#known.set(key, failed);
    return { mutant: mutant.id, differs, failed };
  }

  async #baseOf(pipeline: Policy): Promise<Base> {
    const known = this.#bases.get(pipeline);
    if (known !== undefined) return known;
    await this.#lab.make({ policy: pipeline });
    const zones: Record<string, Zones[ZoneTableName]> = {};
    for (const table of ZONE_TABLES) zones[table] = await this.#lab.readZone(table);
    const quarantine = await readSetAside(join(this.#folders.scratch, 'shipped'));
    const made: Made = { zones: zones as unknown as Zones, quarantine };
    const base = { ...made, verdict: { pipeline, failed: this.#failures(made, pipeline) } };
    this.#bases.set(pipeline, base);
    return base;
  }

  /** The zones of the variant that was made last. */
  async #zonesOf(base: Made, differing: ReadonlyMap<string, unknown>): Promise<Zones> {
    const zones: Record<string, Zones[ZoneTableName]> = { ...base.zones };
    for (const table of ZONE_TABLES) {
      if (differing.has(table)) zones[table] = await this.#lab.readZone(table);
    }
    return zones as unknown as Zones;
  }

  /** What a mutant takes for the landing zone; `undefined` when that is what is there. */
  async #misread({ reads, base }: Mutant): Promise<Misread | undefined> {
    if (reads === undefined) return undefined;
    this.#objects ??= loadObjects(this.#folders.landing);
    const objects = await this.#objects;
    const late = new Set(this.#staged.dirt?.late);
    const firstKeys = objects.map(({ key }) => key).filter((key) => !late.has(key));
    const tables = readAs(reads, objects, late.size === 0 ? undefined : firstKeys);
    const others = tables.filter(({ isOther }) => isOther);
    if (others.length === 0) return undefined;
    const folder = join(this.#folders.scratch, `misread-${++this.#misreads}`);
    await writeTables(folder, others);
    const names = others.map(({ table }) => table);
    const landing = await this.#lab.misread(
      { kind: 'folder', path: folder },
      { tables: names, quarantineFolder: quarantineIn(folder) },
    );
    const isOther = ({ file }: SetAside): boolean =>
      names.some((table) => file.startsWith(`${table}/`));
    const shipped = (await this.#baseOf(base)).quarantine;
    const aside = await readSetAside(folder);
    return { landing, quarantine: [...shipped.filter((entry) => !isOther(entry)), ...aside] };
  }

  /** What oracles find wrong with zones. A pipeline whose models are queries makes the same zones when it runs again. */
  #failures({ zones, quarantine }: Made, policy: Policy, appends = false): FailedOracle[] {
    const zonesAgain = appends ? twice(zones) : zones;
    const evidence = evidenceOf(this.#staged, { zones, zonesAgain, policy, quarantine });
    return judgeRun(this.#plan, evidence)
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ id, measured, sentence }) => ({ oracle: id, measured, sentence }));
  }
}

/** The plan without expectations that no zones could fail. */
function withZonesOnly(plan: Plan): Plan {
  const expectations = plan.expectations.filter(({ oracle }) => isAboutZones(oracle));
  return { ...plan, expectations, sometimes: [] };
}

function quarantineIn(folder: string): string {
  return join(folder, 'quarantine');
}

/** The zones after a second run that adds its rows to those of the first. */
function twice(zones: Zones): Zones {
  return Object.fromEntries(
    ZONE_TABLES.map((table) => [table, [...zones[table], ...zones[table]]]),
  ) as unknown as Zones;
}
