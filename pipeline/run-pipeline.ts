/** One run of the pipeline: landing objects in, zone tables and an audit out. */
import { auditZones } from './audit.ts';
import type { AuditFinding } from './audit.ts';
import { LANDING_TABLES, TABLES } from './core/catalog.ts';
import type { Policy, TableName } from './core/catalog.ts';
import { Engine } from './engine/duckdb.ts';
import { loadModels } from './engine/models.ts';
import { loadLanding } from './landing/index.ts';
import type { LoadedLanding, QuarantineEntry } from './landing/index.ts';
import { unwritable } from './storage/folder-failure.ts';
import { describePlace } from './storage/place.ts';
import type { Place } from './storage/place.ts';
import { PipelineError } from './pipeline-error.ts';
import { Workspace } from './zones/workspace.ts';
import { writeZones } from './zones/write-zones.ts';

/** What a run is given. */
export interface PipelineOptions {
  readonly landing: Place;
  /** Where the zone tables are published. */
  readonly out: Place;
  readonly policy: Policy;
  /** Threads of the engine; without it, one per core. */
  readonly threads?: number | undefined;
  /** Memory, such as `2GB`, above which the engine spills to disk. */
  readonly memoryLimit?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called when a step begins, and once more when all are done. */
  readonly onProgress?: ((progress: PipelineProgress) => void) | undefined;
}

/** How far a run is: the step that begins, and how many of all steps are done. */
export interface PipelineProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** What a run found. The same landing objects give the same result, whatever the machine. */
export interface PipelineResult {
  readonly policy: Policy;
  readonly engine: 'duckdb';
  readonly tables: Readonly<Record<TableName, { readonly rows: number }>>;
  /** Device sessions: `attributed`, `ambiguous` and `unattributed` add up to `sessions`. */
  readonly attribution: {
    readonly sessions: number;
    readonly attributed: number;
    readonly ambiguous: number;
    readonly unattributed: number;
  };
  /** What is wrong; empty when nothing is. */
  readonly audit: readonly AuditFinding[];
  /** Unreadable pieces of the landing objects: how many, and the first 1,000 of each table. */
  readonly quarantine: { readonly lines: number; readonly entries: readonly QuarantineEntry[] };
}

const QUARANTINE_ENTRIES_MAX = 1000;

/**
 * Builds the five zone tables from whatever landed, publishes them in `out` as a whole, and audits them. A run that fails
 * or is stopped publishes nothing.
 * @throws PipelineError with any of its codes.
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
  const workspace = await Workspace.open(options.out);
  try {
    return await runIn(workspace, options);
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    throw new PipelineError('ABORTED', 'The pipeline was stopped; it published nothing.', {
      cause: error,
    });
  } finally {
    await workspace.dispose();
  }
}

async function runIn(workspace: Workspace, options: PipelineOptions): Promise<PipelineResult> {
  const { policy, signal, threads, memoryLimit } = options;
  const models = await loadModels(policy);
  const begin = progressOf(options, models.length + 4);
  const engine = await Engine.open({
    threads,
    memoryLimit,
    spillFolder: workspace.scratch('spill'),
  });
  try {
    begin('load landing tables');
    const landing = await interruptible(engine, signal, 'load landing tables', () =>
      loadLanding({
        engine,
        place: options.landing,
        previous: undefined,
        scratch: workspace.scratch('clean'),
        quarantineFolder: workspace.quarantineFolder,
        signal,
        onProgress: undefined,
      }),
    );
    for (const { name, sql } of models) {
      begin(name);
      await interruptible(engine, signal, name, () => engine.run(`CREATE TABLE ${name} AS ${sql}`));
    }
    begin('audit');
    const result: PipelineResult = {
      policy,
      engine: 'duckdb',
      ...(await interruptible(engine, signal, 'audit', () => describeZones(engine))),
      quarantine: summarise(landing),
    };
    begin('write zone tables');
    await writeZones(engine, workspace, policy).catch((cause: unknown) => {
      throw unwritable(describePlace(options.out), cause);
    });
    begin('publish');
    signal?.throwIfAborted();
    await workspace.publish({ policy, tables: result.tables }, signal);
    begin('done');
    return result;
  } finally {
    engine.close();
  }
}

function progressOf(options: PipelineOptions, total: number): (step: string) => void {
  let done = 0;
  return (step) => options.onProgress?.({ step, done: done++, total });
}

/** Does some work on a connection; a signal stops the statement that runs. Failures of the engine get a code here. */
async function interruptible<T>(
  engine: Engine,
  signal: AbortSignal | undefined,
  step: string,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const interrupt = (): void => engine.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof PipelineError) throw cause;
    throw new PipelineError(
      'ENGINE_FAILED',
      `DuckDB failed at the step "${step}". More memory or more room in the output folder may help.`,
      { cause },
    );
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

async function describeZones(
  engine: Engine,
): Promise<Pick<PipelineResult, 'tables' | 'attribution' | 'audit'>> {
  const names = Object.keys(TABLES) as TableName[];
  const counts = await engine.query(
    names
      .map((name) => `SELECT '${name}' AS name, COUNT(*) AS row_count FROM ${name}`)
      .join(' UNION ALL '),
  );
  const rowsOf = new Map(counts.map((row) => [row['name'], Number(row['row_count'])]));
  const tables = Object.fromEntries(names.map((name) => [name, { rows: rowsOf.get(name) ?? 0 }]));
  return {
    tables: tables as PipelineResult['tables'],
    attribution: await countSessions(engine),
    audit: await auditZones(engine),
  };
}

async function countSessions(engine: Engine): Promise<PipelineResult['attribution']> {
  const counts = await engine.query(
    'SELECT outcome, COUNT(*) AS sessions FROM session_outcome GROUP BY outcome',
  );
  const sessionsOf = (outcome: string): number =>
    Number(counts.find((row) => row['outcome'] === outcome)?.['sessions'] ?? 0);
  const [attributed, ambiguous, unattributed] = ['attributed', 'ambiguous', 'unattributed'].map(
    sessionsOf,
  ) as [number, number, number];
  const sessions = attributed + ambiguous + unattributed;
  return { sessions, attributed, ambiguous, unattributed };
}

function summarise({ tables, entries }: LoadedLanding): PipelineResult['quarantine'] {
  return {
    lines: LANDING_TABLES.reduce((sum, table) => sum + tables[table].quarantined, 0),
    entries: entries.slice(0, QUARANTINE_ENTRIES_MAX),
  };
}
