/** A mutant as a pipeline that runs can be held against. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVariant } from '../../pipeline/index.ts';
import type { SqlEdit, Variant } from '../../pipeline/index.ts';
import type {
  PipelineOutcome,
  PipelineTask,
  PipelineUnderTest,
} from '../run/pipeline-under-test.ts';
import { sqlEditOf } from './apply-edits.ts';
import { loadObjects, readAs, writeTables } from './landing-reader.ts';
import type { LandingReader } from './landing-reader.ts';
import type { Mutant } from './mutant.ts';

/** The pipeline that a mutant is. It is called `mutant:M07` where `strict` is called `strict`. */
export function mutantPipeline(mutant: Mutant): PipelineUnderTest {
  /** The keys of what it read in its last run, by the folder that it publishes in. */
  const found = new Map<string, readonly string[]>();
  const run = async (landing: string, { out, signal }: PipelineTask): Promise<PipelineOutcome> => {
    const appends = mutant.appends ?? false;
    const variant = variantOf(mutant);
    return {
      tables: await runVariant({ landing, out, variant, appends, signal }),
      audit: [],
      keepsQuarantine: true,
    };
  };
  return {
    name: `mutant:${mutant.id}`,
    expects: mutant.base,
    run: async (task) => {
      if (mutant.reads === undefined) return run(task.landing, task);
      const folder = await mkdtemp(join(tmpdir(), 'stedi-mutant-'));
      try {
        const before = found.get(task.out);
        found.set(task.out, await writeAsRead(mutant.reads, { task, folder, before }));
        return await run(folder, task);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

const edits = new WeakMap<Mutant, SqlEdit>();

/** What a mutant changes of the shipped models. It is the same each time, so that its models are made once. */
export function variantOf(mutant: Mutant): Variant {
  if (mutant.edits.length === 0) return { policy: mutant.base };
  const edit = edits.get(mutant) ?? sqlEditOf(mutant);
  edits.set(mutant, edit);
  return { policy: mutant.base, edit };
}

/** Writes what a mutant takes for the landing zone, and gives the keys of what it reads. */
async function writeAsRead(
  reader: LandingReader,
  {
    task,
    folder,
    before,
  }: { task: PipelineTask; folder: string; before: readonly string[] | undefined },
): Promise<readonly string[]> {
  const tables = readAs(reader, await loadObjects(task.landing), before);
  await writeTables(folder, tables);
  return tables.flatMap(({ objects }) => objects.map(({ key }) => key));
}
