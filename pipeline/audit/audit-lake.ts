/** The audit: what can be known of the data and the zones from the data alone. */
import type { Policy } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import { checkBooks } from './books-checks.ts';
import { checkConsent } from './consent-checks.ts';
import { FEED_CHECKS } from './feed-checks.ts';
import type { AuditFinding, AuditSubject, Check } from './finding.ts';
import { checkMissing } from './landing-checks.ts';
import { checkObjects } from './object-checks.ts';
import { checkRepeats } from './repeat-checks.ts';
import { checkGaps, checkOutcomes } from './session-checks.ts';
import { checkValues } from './value-checks.ts';
import { checkDuplicates, checkPairs, checkPersonalData } from './zone-checks.ts';

/** All checks; those of the zones first. */
const CHECKS: readonly Check[] = [
  checkPairs,
  checkConsent,
  checkPersonalData,
  checkDuplicates,
  checkObjects,
  checkMissing,
  checkBooks,
  checkRepeats,
  ...FEED_CHECKS,
  checkOutcomes,
  checkGaps,
  checkValues,
];

/** The models that books and audit read, besides landing and zone tables: a run keeps them until the audit is done. */
export const AUDITED_MODELS: readonly string[] = [
  'ruling_customer',
  'person_consent',
  'device_session',
  'step_reading',
  'phone_session',
  'phone_stamp',
  'accepted_pair',
  'reading_person',
  'session_outcome',
  'trusted_sample',
  'ml_pairing',
];

/** Makes all checks; gives what breaks zones first, and then the rest, each in the order of the checks. */
export async function auditLake(engine: Engine, subject: AuditSubject): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = [];
  for (const check of CHECKS) findings.push(...(await check(engine, subject)));
  return [...findings.filter(({ breaks }) => breaks), ...findings.filter(({ breaks }) => !breaks)];
}

/**
 * Why zones must not be published, if they must not: under `strict` for a finding that breaks, under either policy for books
 * that do not balance.
 */
export function whyUnsound(policy: Policy, findings: readonly AuditFinding[]): string | undefined {
  const broken = findings.filter(
    ({ id, breaks }) => breaks && (policy === 'strict' || id === 'unbalanced-books'),
  );
  if (broken.length === 0) return undefined;
  return `The audit refuses the zones, and nothing was published: ${broken.map(({ title }) => title).join(' ')} No landing data may lead to this: report it, with the data.`;
}
