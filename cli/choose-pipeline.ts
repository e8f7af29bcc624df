import { pipelineNamed } from '../scenarios/index.ts';
import type { PipelineUnderTest } from '../scenarios/index.ts';
import { UsageError } from './exit-codes.ts';

/** The pipeline that a user names with `--pipeline`. @throws UsageError */
export function choosePipeline(name: string): PipelineUnderTest {
  const pipeline = pipelineNamed(name);
  if (pipeline !== undefined) return pipeline;
  throw new UsageError(
    `There is no pipeline ${name}. There are strict, classic, and mutants such as mutant:M07; "npx stedi mutants" shows them.`,
  );
}
