/** The names of all oracles, as scenario files and reports spell them. */
export const ORACLE_IDS = [
  'landing.unsent',
  'landing.lost',
  'landing.rejected',
  'landing.unexpected',
  'landing.damaged',
  'landing.silent',
  'landing.repeated',
  'landing.clockError',
  'counts.customer_trusted',
  'counts.accelerometer_trusted',
  'counts.customer_curated',
  'counts.step_trainer_trusted',
  'counts.machine_learning_curated',
  'privacy.leaks',
  'privacy.personalData',
  'consent.date',
  'consent.withdrawal',
  'attribution.precision',
  'attribution.recall',
  'ml.pairing',
  'ml.joinYield',
  'zones.missing',
  'zones.unexpected',
  'zones.duplicates',
  'zones.idempotence',
] as const;

/** The name of an oracle. */
export type OracleId = (typeof ORACLE_IDS)[number];
