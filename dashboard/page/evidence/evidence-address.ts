/** Where a number on the page leads to, as markup writes it in `data-evidence`. */
import type { DemoPolicy, DemoTable, RowKind } from '../../api.ts';
import { TABLE_WORDS } from '../words/conditions.ts';

/** What is behind a number. */
export type Evidence =
  | {
      readonly kind: 'rows';
      readonly table: DemoTable;
      readonly what: RowKind;
      /** The one on the switch when there is none. */
      readonly policy: DemoPolicy | undefined;
    }
  | { readonly kind: 'objects'; readonly place: LandingPlace };

/** Where objects lie in the bucket. */
export type LandingPlace = (typeof LANDING_PLACES)[number];

/** All places. */
export const LANDING_PLACES = [
  'step_trainer_landing',
  'accelerometer_landing',
  'customer_landing',
  'quarantine',
] as const;

const ROW_KINDS: readonly RowKind[] = ['all', 'leaked', 'wrong', 'missing'];
const POLICIES: readonly DemoPolicy[] = ['classic', 'strict'];

/** Reads `rows:TABLE:KIND[:POLICY]` and `objects:PLACE`; `undefined` for everything else. */
export function parseEvidence(address: string): Evidence | undefined {
  const [kind, tableName, whatName, policyName] = address.split(':');
  if (kind === 'objects') {
    const place = LANDING_PLACES.find((name) => name === tableName);
    return place === undefined ? undefined : { kind, place };
  }
  const table = (Object.keys(TABLE_WORDS) as DemoTable[]).find((name) => name === tableName);
  const what = ROW_KINDS.find((name) => name === whatName);
  if (kind !== 'rows' || table === undefined || what === undefined) return undefined;
  return { kind, table, what, policy: POLICIES.find((name) => name === policyName) };
}
