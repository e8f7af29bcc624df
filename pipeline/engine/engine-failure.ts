import { PipelineError } from '../pipeline-error.ts';

/** Where the engine was at work when it failed. */
export interface EngineWork {
  /** What it did, in words. */
  readonly step: string;
  /** The folder that it spills to. */
  readonly scratch: string;
}

// DuckDB gives its failures no codes: the kind is the first words of the message.
const FULL_DISK = /max_temp_directory_size|No space left on device|Disk quota exceeded|ENOSPC/;
const MEMORY = /^(?:TransactionContext Error: .*)?Out of Memory Error/;

/** A failure of the engine with a code: a full disk, too little memory, or anything else. Failures with a code stay. */
export function explainEngineFailure(cause: unknown, { step, scratch }: EngineWork): PipelineError {
  if (cause instanceof PipelineError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (FULL_DISK.test(text)) {
    return new PipelineError(
      'DISK_FULL',
      `The disk of ${scratch} is full at the step "${step}". Make room there, or name a folder on a larger disk with --scratch.`,
      { cause },
    );
  }
  if (MEMORY.test(text)) {
    return new PipelineError(
      'OUT_OF_MEMORY',
      `The memory is too small for the step "${step}". Allow more with --memory, or use fewer --threads: each needs memory of its own.`,
      { cause },
    );
  }
  return new PipelineError(
    'ENGINE_FAILED',
    `DuckDB failed at the step "${step}": ${text.split('\n')[0] ?? ''}`,
    { cause },
  );
}
