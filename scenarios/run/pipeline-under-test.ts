/** The pipelines that runs hold to their expectations: those that we ship, and whatever else makes the same zones. */
import { runPipeline } from '../../pipeline/index.ts';
import type { PipelineResult, Place, Policy } from '../../pipeline/index.ts';

/** What a pipeline under test is given: folders that exist, and one that it makes. */
export interface PipelineTask {
  /** Folder of the landing zone. */
  readonly landing: string;
  /** The same landing zone in a bucket with faults; a pipeline that can read buckets reads it there. */
  readonly bucket?: Place | undefined;
  /** Folder that the zones are published in. A second run into the same folder must change nothing. */
  readonly out: string;
  /** Threads of its engine, if it has one of ours; without it, one per core. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a pipeline under test tells about its run. What it made is read from the folder, whatever it tells. */
export interface PipelineOutcome {
  /** Rows of the tables. */
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
  readonly audit: PipelineResult['audit'];
  /** Left out by pipelines that keep no books. */
  readonly accounting?: PipelineResult['accounting'];
  /** Whether it publishes what it could not read, as pipelines do that keep books. */
  readonly keepsQuarantine?: boolean;
}

/** A pipeline from a landing folder to zones. */
export interface PipelineUnderTest {
  /** As results and the command line spell it. */
  readonly name: string;
  /** The policy whose counts and columns it has to have. */
  readonly expects: Policy;
  /** Makes the zones. Throws what stops it; it publishes nothing then. */
  run(task: PipelineTask): Promise<PipelineOutcome>;
}

/** The pipeline of a policy, as `stedi pipeline run` runs it. */
export function shippedPipeline(policy: Policy): PipelineUnderTest {
  return {
    name: policy,
    expects: policy,
    run: ({ landing, bucket, out, signal, threads }) =>
      runPipeline({
        landing: bucket ?? { kind: 'folder', path: landing },
        out: { kind: 'folder', path: out },
        policy,
        threads,
        ...(signal !== undefined && { signal }),
      }),
  };
}
