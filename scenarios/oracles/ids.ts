/** The names of all oracles, as scenario files and reports spell them, and the unit in which each measures. */
export const ORACLE_UNITS = {
  'landing.unsent': 'readings',
  'landing.lost': 'readings',
  'landing.rejected': 'readings',
  'landing.unexpected': 'rows',
  'landing.damaged': 'readings',
  'landing.silent': 'lines',
  'landing.repeated': 'rows',
  'landing.clockError': 'ms',
  'landing.schema': 'rows',
  'landing.late': 'readings',
  'landing.copies': 'rows',
  'landing.dirt': 'pieces',
  'liveness.converged': 'readings',
  'counts.customer_trusted': 'rows',
  'counts.accelerometer_trusted': 'rows',
  'counts.customer_curated': 'rows',
  'counts.step_trainer_trusted': 'rows',
  'counts.machine_learning_curated': 'rows',
  'privacy.leaks': 'rows',
  'privacy.personalData': 'columns',
  'privacy.quarantine': 'texts',
  'consent.date': 'rows',
  'consent.withdrawal': 'rows',
  'consent.regiven': 'readings',
  'consent.otherAudience': 'rows',
  'attribution.precision': 'ratio',
  'attribution.recall': 'ratio',
  'attribution.f1': 'ratio',
  'ml.pairing': 'rows',
  'ml.joinYield': 'ratio',
  'zones.schema': 'columns',
  'zones.missing': 'rows',
  'zones.unexpected': 'rows',
  'zones.duplicates': 'rows',
  'zones.idempotence': 'rows',
} as const;

/** The name of an oracle. */
export type OracleId = keyof typeof ORACLE_UNITS;

/** All names, in the order of reports. */
export const ORACLE_IDS: readonly OracleId[] = Object.keys(ORACLE_UNITS) as OracleId[];

/** A unit of oracles. Of a `ratio`, which is the share that is right, more is better; of all others less is. */
export type OracleUnit = (typeof ORACLE_UNITS)[OracleId];
