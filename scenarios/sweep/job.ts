/** Jobs that run in child processes, and what becomes of them. */

/**
 * What workers do with the input of a job: a module with a function `perform`, which takes the input and gives the
 * output. Both travel between processes as structured clones.
 */
export interface Task<Input, Output> {
  /** Address of the module, see {@link taskAt}. */
  readonly module: string;
  /** Ties the types of input and output to the module; there is no such value. */
  readonly types?: (input: Input) => Output;
}

/** What `perform` is given beside its input. */
export interface TaskSurroundings {
  /** Raised when nobody waits for the output any more. */
  readonly signal: AbortSignal;
  /** Tells how far the job is. `share` is 0–1 of the stage. */
  readonly onProgress: (stage: string, share: number) => void;
}

/** The function that the module of a task exports under the name `perform`. */
export type Perform<Input, Output> = (
  input: Input,
  surroundings: TaskSurroundings,
) => Promise<Output>;

/**
 * The task whose module is beside the caller's: `taskAt('./run-task', import.meta.url)`. It is found as TypeScript
 * where the caller is TypeScript, and as JavaScript once both are compiled.
 */
export function taskAt<Input, Output>(path: string, callerUrl: string): Task<Input, Output> {
  return { module: moduleBeside(path, callerUrl) };
}

/** The address of a module beside the caller's, with the file ending that the caller itself has. */
export function moduleBeside(path: string, callerUrl: string): string {
  const ending = callerUrl.endsWith('.ts') ? '.ts' : '.js';
  return new URL(`${path}${ending}`, callerUrl).href;
}

/** What a job threw. */
export interface JobFailure {
  /** The class of the error, such as `ScenarioError`. */
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}

/**
 * How a job ended: with its output, with an error that `perform` threw, with the end of its worker, or because of the
 * signal. `ms` is wall time.
 */
export type JobOutcome<Input, Output> =
  | {
      readonly status: 'done';
      readonly job: Input;
      readonly value: Output;
      readonly ms: number;
    }
  | {
      readonly status: 'failed';
      readonly job: Input;
      readonly failure: JobFailure;
      readonly ms: number;
    }
  | { readonly status: 'crashed'; readonly job: Input; readonly reason: string }
  | { readonly status: 'stopped'; readonly job: Input };

/** What happens while jobs run. Workers are numbered from 0. */
export type JobEvent<Input> =
  | { readonly kind: 'started'; readonly job: Input; readonly worker: number }
  | {
      readonly kind: 'progress';
      readonly job: Input;
      readonly worker: number;
      readonly stage: string;
      readonly share: number;
    };
