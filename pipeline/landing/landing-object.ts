import type { LandingTableName } from '../core/catalog.ts';

/** One file of a landing zone, within reach of the local file system. */
export interface LandingObject {
  readonly table: LandingTableName;
  /** Its path below the landing folder or prefix, with `/`: what reports call it. */
  readonly name: string;
  /** Where it can be read. */
  readonly path: string;
  /** `foreign` when its name says that it holds no landing records. */
  readonly kind: 'records' | 'foreign';
}
