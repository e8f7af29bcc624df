/** One run of the pipeline: landing objects in; zone tables, the books and an audit out. */
import { join } from 'node:path';
import { accountFor } from './accounting.ts';
import type { Accounting } from './accounting.ts';
import { AUDITED_MODELS, auditLake } from './audit/index.ts';
import type { AuditFinding } from './audit/index.ts';
import { TABLES } from './core/catalog.ts';
import type { ConsentRule, Policy } from './core/catalog.ts';
import type { Engine } from './engine/duckdb.ts';
import { engineBytes } from './engine/memory-budget.ts';
import { openWithin } from './engine/open-within.ts';
import { loadModels } from './engine/models.ts';
import type { Model } from './engine/models.ts';
import { loadLanding } from './landing/index.ts';
import type { LoadedLanding } from './landing/index.ts';
import { PipelineError } from './pipeline-error.ts';
import { requireSound } from './run/audit-refusal.ts';
import { countFolderRows } from './run/count-rows.ts';
import { diskBytesFor, estimateRows } from './run/engine-room.ts';
import type { FoundObject } from './run/engine-room.ts';
import { countSessions, countTables, summariseQuarantine } from './run/describe-run.ts';
import type { QuarantineSummary, SessionCounts, TableRows } from './run/describe-run.ts';
import { loadCostOf, plannedSteps, STEPS } from './run/planned-steps.ts';
import { runModels } from './run/run-models.ts';
import { foldersOf, requireRoom } from './run/run-disks.ts';
import { RunProgress } from './run/run-progress.ts';
import type { PipelineProgress } from './run/run-progress.ts';
import { RunSteps } from './run/run-steps.ts';
import type { RunCost } from './run/stage-meter.ts';
import type { Place } from './storage/place.ts';
import { requireApart } from './zones/places-apart.ts';
import { Workspace } from './zones/workspace.ts';
import { writeZones } from './zones/write-zones.ts';

/** What a run is given. */
export interface PipelineOptions {
  readonly landing: Place;
  /** Where the zone tables are published. */
  readonly out: Place;
  readonly policy: Policy;
  /** From when consent counts; without it, `from-date`. */
  readonly consent?: ConsentRule | undefined;
  /** Threads of the engine; without it, one per core. */
  readonly threads?: number | undefined;
  /** What the whole process may hold in memory, in bytes: above it, the engine spills to disk. */
  readonly memoryBytes?: number | undefined;
  /** Folder for local files, on a disk with room; without it, the output folder, or the system's own for a bucket. */
  readonly scratch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called when a step begins, every now and then during a long one, and once more when all are done. */
  readonly onProgress?: ((progress: PipelineProgress) => void) | undefined;
  /** Called with what whoever owns the output has to know, a sentence each. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/** What a run found. Without `cost`, the same landing objects give the same result, whatever the machine. */
export interface PipelineResult {
  readonly policy: Policy;
  readonly engine: 'duckdb';
  readonly tables: TableRows;
  readonly attribution: SessionCounts;
  readonly accounting: Accounting;
  /** What is wrong; empty when nothing is. */
  readonly audit: readonly AuditFinding[];
  readonly quarantine: QuarantineSummary;
  /** What it took. */
  readonly cost: RunCost;
}

/**
 * Builds the five zone tables from whatever landed, audits them, and publishes them in `out` as a whole. A run that fails
 * or is stopped publishes nothing.
 * @throws PipelineError with any of its codes; AUDIT_FAILED is an AuditRefusal, which holds the result
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
  const { landing, out, scratch, signal, onNotice } = options;
  await requireApart(landing, out);
  const workspace = await Workspace.open(out, { scratch, onNotice });
  try {
    return await runIn(workspace, options);
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new PipelineError('ABORTED', 'The pipeline was stopped; it published nothing.', {
      cause: error,
    });
  } finally {
    await workspace.dispose();
  }
}

async function runIn(workspace: Workspace, options: PipelineOptions): Promise<PipelineResult> {
  const { policy, consent, threads, memoryBytes, signal, onProgress } = options;
  const models = await loadModels(policy, consent);
  const scratch = workspace.scratch('engine');
  const opened = await openWithin(memoryBytes, {
    threads,
    spillFolder: join(scratch, 'spill'),
  });
  const { engine } = opened;
  try {
    const progress = new RunProgress(plannedSteps(policy, models), performance.now());
    const folders = foldersOf(options.out, options.scratch);
    const steps = new RunSteps({ engine, folders, progress, signal, onProgress });
    return await new Run(workspace, options, engine, steps).do(models);
  } finally {
    await opened.close();
  }
}

/** The steps of one run, in their order. */
class Run {
  readonly #workspace: Workspace;
  readonly #options: PipelineOptions;
  readonly #engine: Engine;
  readonly #steps: RunSteps;

  constructor(workspace: Workspace, options: PipelineOptions, engine: Engine, steps: RunSteps) {
    this.#workspace = workspace;
    this.#options = options;
    this.#engine = engine;
    this.#steps = steps;
  }

  async do(models: readonly Model[]): Promise<PipelineResult> {
    const { policy } = this.#options;
    const landing = await this.#load();
    await this.#make(models);
    const found = await this.#examine(landing);
    const result = { policy, engine: 'duckdb', ...found } as const;
    requireSound({ ...result, cost: this.#steps.cost() });
    await this.#write();
    await this.#publish(found.tables, landing);
    return { ...result, cost: this.#steps.end(STEPS.done) };
  }

  #load(): Promise<LoadedLanding> {
    const { landing: place, signal } = this.#options;
    const work = (): Promise<LoadedLanding> =>
      loadLanding({
        engine: this.#engine,
        place,
        previous: this.#workspace.previousLanding,
        scratch: this.#workspace.scratch('landing'),
        quarantineFolder: this.#workspace.quarantineFolder,
        signal,
        onFound: (objects) => this.#makeRoom(objects),
        onProgress: ({ bytesDone, bytesTotal }) =>
          this.#steps.tell(bytesDone / Math.max(bytesTotal, 1)),
      });
    return this.#steps.do({ step: STEPS.load, work, tells: true });
  }

  /** Weighs a landing zone: refuses one that the disk has no room for, and takes a big one out of the memory. */
  async #makeRoom(objects: readonly FoundObject[]): Promise<void> {
    const { landing, out, memoryBytes, scratch } = this.#options;
    this.#steps.weigh(STEPS.load, loadCostOf(objects));
    const limit = memoryBytes === undefined ? undefined : engineBytes(memoryBytes);
    const atMost = estimateRows(objects);
    if (diskBytesFor(atMost, limit) === 0) return;
    const rows =
      landing.kind === 'folder'
        ? await countFolderRows(this.#engine, landing.path, objects)
        : atMost;
    const bytes = diskBytesFor(rows, limit);
    if (bytes === 0) return;
    await requireRoom(foldersOf(out, scratch), { rows, bytes });
    await this.#engine.useFile(join(this.#workspace.scratch('engine'), 'lake.duckdb'));
  }

  async #make(models: readonly Model[]): Promise<void> {
    const engine = this.#engine;
    await runModels({
      engine,
      models,
      kept: new Set([...Object.keys(TABLES), ...AUDITED_MODELS]),
      each: ({ name }, work) => this.#steps.do({ step: name, work, rowsOf: (rows) => rows }),
    });
  }

  async #examine(
    landing: LoadedLanding,
  ): Promise<Omit<PipelineResult, 'policy' | 'engine' | 'cost'>> {
    const engine = this.#engine;
    const { policy } = this.#options;
    const accounting = await this.#steps.do({
      step: STEPS.accounting,
      work: () => accountFor(engine, policy, landing.tables),
    });
    const quarantine = summariseQuarantine(landing);
    const { entries } = quarantine;
    const { missing, setAside } = landing;
    const audit = await this.#steps.do({
      step: STEPS.audit,
      work: () => auditLake(engine, { policy, accounting, quarantine: entries, missing, setAside }),
    });
    const tables = await countTables(engine);
    return { tables, attribution: await countSessions(engine), accounting, audit, quarantine };
  }

  #write(): Promise<void> {
    const work = (): Promise<void> =>
      writeZones(this.#engine, this.#workspace, this.#options.policy);
    return this.#steps.do({ step: STEPS.write, work });
  }

  #publish(tables: TableRows, { state, stateFiles }: LoadedLanding): Promise<void> {
    const { policy, signal } = this.#options;
    const landing = state.source === undefined ? undefined : { state, files: stateFiles };
    const work = (): Promise<void> => this.#workspace.publish({ policy, tables, landing }, signal);
    return this.#steps.do({ step: STEPS.publish, work, tells: true });
  }
}
