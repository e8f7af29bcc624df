import type { LandingTableName } from '../core/catalog.ts';

/** One object of a landing zone, as it was listed. */
export interface LandingObject {
  readonly table: LandingTableName;
  /** Its path below the landing folder or prefix, with `/`: what reports call it. */
  readonly name: string;
  /** `foreign` when its name says that it holds no landing records. */
  readonly kind: 'records' | 'foreign';
  readonly bytes: number;
  /** Differs when the bytes differ. */
  readonly tag: string;
}

/** An object within reach of the local file system. */
export interface LocalObject extends LandingObject {
  /** Where it can be read. */
  readonly path: string;
}

/** Where the objects of a landing zone come from. */
export interface LandingSource {
  /** Names the place whose objects may be cached; `undefined` where reading again is cheaper than caching. */
  readonly cachedAs: string | undefined;
  /** All objects that hold something, by table and name. */
  list(): Promise<LandingObject[]>;
  /** The names of folders right below the landing zone, those of the tables and others. */
  folders(): Promise<string[]>;
  /** Brings an object within reach. @throws PipelineError LANDING_CHANGED when it is not the one that was listed. */
  fetch(object: LandingObject): Promise<LocalObject>;
  /** Is told that an object was read to its end. @throws PipelineError LANDING_CHANGED when it changed meanwhile. */
  release(object: LocalObject): Promise<void>;
  close(): void;
}
