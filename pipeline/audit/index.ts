/** The audit of a lake, and what it finds. */
export { AUDITED_MODELS, auditLake, whyUnsound } from './audit-lake.ts';
export type { AuditFinding, AuditSubject } from './finding.ts';
