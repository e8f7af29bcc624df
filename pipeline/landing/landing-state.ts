/** What a run keeps of the landing zone for the next one. */

/** What is committed beside the output: small, because the pointer to the output holds it. */
export interface LandingState {
  readonly version: 1;
  /** Where the landing zone lies whose objects are cached; absent when nothing is. */
  readonly source?: string;
  /** The key of the state file that lists the cached objects and the parts that hold their rows. */
  readonly index?: string;
}

/** A file that is committed with the output. The same key always means the same bytes. */
export interface StateFile {
  /** Relative to the output, below `_landing/`, with `/`. */
  readonly key: string;
  /** The local file. */
  readonly path: string;
}

/** What the last run committed. */
export interface PreviousLanding {
  readonly state: LandingState;
  /** A local copy of a state file. @throws PipelineError when it is gone or damaged. */
  fetch(key: string): Promise<string>;
}

/** How far loading is. */
export interface LandingProgress {
  readonly objectsDone: number;
  readonly objectsTotal: number;
  /** Bytes as they are stored. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly rows: number;
}
