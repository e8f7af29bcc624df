import type { RuleId } from '../../firmware-protocol/index.ts';

const TIME_RULES: ReadonlySet<RuleId> = new Set<RuleId>([
  'STL-CMD-003',
  'STL-ERR-006',
  'STL-TICK-003',
  'STL-STREAM-002',
  'STL-STREAM-005',
  'STL-STREAM-006',
  'STL-STREAM-007',
  'STL-OVER-002',
  'STL-OVER-003',
  'STL-SYNC-002',
  'STL-SYNC-003',
  'STL-SYNC-004',
  'STL-SYNC-005',
]);

/** True for a rule that may be broken by when something came, so that a host that is late itself may be to blame. */
export function isAboutTime(id: RuleId): boolean {
  return TIME_RULES.has(id);
}
