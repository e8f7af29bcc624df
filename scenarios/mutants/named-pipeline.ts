import { shippedPipeline } from '../run/pipeline-under-test.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import { MUTANTS } from './catalogue/index.ts';
import { mutantPipeline } from './mutant-pipeline.ts';

const MUTANT = /^mutant:(M\d+)$/;

/** The pipeline of a name: `strict`, `classic`, or a mutant such as `mutant:M07`; `undefined` when there is none. */
export function pipelineNamed(name: string): PipelineUnderTest | undefined {
  if (name === 'strict' || name === 'classic') return shippedPipeline(name);
  const id = MUTANT.exec(name)?.[1];
  const mutant = MUTANTS.find((candidate) => candidate.id === id);
  return mutant === undefined ? undefined : mutantPipeline(mutant);
}
