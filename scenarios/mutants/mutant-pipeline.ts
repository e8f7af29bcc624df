/** A mutant as a pipeline that runs can be held against. */
import { runVariant } from '../../pipeline/index.ts';
import type { Model, Variant } from '../../pipeline/index.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import { sqlEditOf } from './apply-edits.ts';
import type { Mutant } from './mutant.ts';

/** The pipeline that a mutant is. It is called `mutant:M07` where `strict` is called `strict`. */
export function mutantPipeline(mutant: Mutant): PipelineUnderTest {
  return {
    name: `mutant:${mutant.id}`,
    expects: mutant.base,
    run: async ({ landing, out, signal }) => {
      const variant = variantOf(mutant, landing);
      const appends = mutant.appends ?? false;
      return { tables: await runVariant({ landing, out, variant, appends, signal }), audit: [] };
    },
  };
}

/** What a mutant changes of the shipped models. `landing` is the folder of the landing zone. */
export function variantOf(mutant: Mutant, landing: string): Variant {
  const folder = landing.replaceAll("'", "''");
  const tables = Object.entries(mutant.landing ?? {}).map(([name, sql]): Model => ({
    name,
    sql: sql.replaceAll(':landing', folder),
  }));
  return { policy: mutant.base, edit: sqlEditOf(mutant), landing: tables };
}
