/** The audit of a lake, and what it finds. */
export { auditLake, requireSound } from './audit-lake.ts';
export type { AuditSubject } from './audit-lake.ts';
export type { AuditFinding } from './finding.ts';
