/** What the audit finds in a lake of literal rows: what its tests share. */
import { accountFor } from '../../../pipeline/accounting.ts';
import type { LandingLines } from '../../../pipeline/accounting.ts';
import { auditLake } from '../../../pipeline/audit/index.ts';
import type { AuditFinding } from '../../../pipeline/audit/index.ts';
import type { Policy } from '../../../pipeline/core/catalog.ts';
import type { Engine } from '../../../pipeline/engine/duckdb.ts';
import { withLake } from '../lake.ts';
import type { LandingRows, Row } from '../lake.ts';

/** The books of landing tables of which every line was a row. */
export function linesOf(rows: readonly Row[] = []): LandingLines['customer_landing'] {
  return { lines: rows.length, rows: rows.length, quarantined: 0, duplicates: 0 };
}

/** What the audit finds, by id in the order of the report, after `change` had its way with the zones. */
export async function findings(
  policy: Policy,
  rows: LandingRows,
  change?: (engine: Engine) => Promise<unknown>,
): Promise<Record<string, AuditFinding>> {
  const landing: LandingLines = {
    customer_landing: linesOf(rows.customers),
    accelerometer_landing: linesOf(rows.accelerometer),
    step_trainer_landing: linesOf(rows.steps),
  };
  const found = await withLake(policy, rows, async (engine) => {
    const accounting = await accountFor(engine, policy, landing);
    await change?.(engine);
    return auditLake(engine, { policy, accounting, quarantine: [], missing: [] });
  });
  return Object.fromEntries(found.map((finding) => [finding.id, finding]));
}

/** How many rows each finding has, by id. */
export async function rowsById(
  ...given: Parameters<typeof findings>
): Promise<Record<string, number>> {
  const found = await findings(...given);
  return Object.fromEntries(Object.entries(found).map(([id, { rows }]) => [id, rows]));
}
