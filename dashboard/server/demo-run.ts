/** What the demo's server needs of a run: everything on the page comes through here. */
import type {
  Deed,
  DeedDone,
  DemoPolicy,
  DemoTable,
  ObjectPage,
  ReadingLife,
  RowKind,
  RowPage,
  RunFacts,
  RunState,
  StoryLine,
  Verdict,
} from '../api.ts';

/** One measurement of a person that is watched, on the world's clock: a phone's sample in g, or a trainer's distance. */
export type Signal =
  | {
      readonly kind: 'sample';
      readonly atMs: number;
      readonly x: number;
      readonly y: number;
      readonly z: number;
    }
  | { readonly kind: 'distance'; readonly atMs: number; readonly distance: number };

/** Which rows of the last verdict somebody wants to see. */
export interface RowQuery {
  readonly policy: DemoPolicy;
  readonly table: DemoTable;
  readonly what: RowKind;
  /** How many rows to pass over. */
  readonly offset: number;
}

/** A run that is shown. All but `close` may be called while it goes on and when it is over. */
export interface DemoRun {
  /** The same object until something about it changes. */
  readonly facts: RunFacts;
  /** How everything is now. */
  state(): RunState;
  /** The last verdict; `undefined` before the first one. */
  verdict(): Verdict | undefined;
  /** The lines of the story with greater numbers than this one, in order; 0 for all that are kept. */
  storyAfter(id: number): readonly StoryLine[];
  /**
   * Does a deed, now.
   *
   * @throws DemoError DEED_REFUSED when it cannot be done as things are
   */
  do(deed: Deed): Promise<DeedDone>;
  /** Tells what is measured of a person from now on. Returns what ends it. */
  onSignal(person: number, listener: (signal: Signal) => void): () => void;
  /** The scenario file that replays this run with what was done until now, as YAML. */
  savedScenario(): string;
  /** The report of what has landed until now: one HTML page that needs nothing else. @throws DemoError VERDICT_PENDING */
  report(): Promise<string>;
  /** @throws DemoError VERDICT_PENDING */
  rows(query: RowQuery): Promise<RowPage>;
  /** @throws DemoError NOT_FOUND, VERDICT_PENDING */
  reading(reading: number): Promise<ReadingLife>;
  /** The objects of a landing table or of the quarantine, the newest first; of all of them without a name. */
  objects(table: string | undefined): Promise<ObjectPage>;
  /** The bytes of a landing object. @throws DemoError NOT_FOUND */
  objectBytes(key: string): Promise<Uint8Array>;
  /** Ends everything that belongs to the run and leaves nothing behind. */
  close(): Promise<void>;
}
