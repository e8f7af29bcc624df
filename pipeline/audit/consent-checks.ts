/** Consent: nobody may be in the zones who does not consent, and nothing from before that. */
import { loadSqlText } from '../engine/sql-text.ts';
import type { SqlRow } from '../engine/duckdb.ts';
import type { AuditFinding, Check } from './finding.ts';
import { lowerBound } from './lower-bound.ts';
import { count, moment, numberIn, people, verb } from './wording.ts';

const EARLY_TABLES = {
  accelerometer_trusted: 'accelerometer-before-consent',
  step_trainer_trusted: 'steps-before-consent',
  machine_learning_curated: 'ml-before-consent',
} as const;

/** Rows of the zones whose people do not consent, or did not yet. */
export const checkConsent: Check = async (engine, { policy }) => {
  const rows = await engine.query(await loadSqlText('audit/zone-consent'));
  const find = (table: string, fault: string): SqlRow | undefined =>
    rows.find((row) => row['zone_table'] === table && row['fault'] === fault);
  const atLeast = rows.length === 0 ? '' : await lowerBound(engine, policy);
  const early = Object.entries(EARLY_TABLES).flatMap(([table, id]) =>
    // Whose samples are is always known.
    toEarly(id, table, find(table, 'early'), table === 'accelerometer_trusted' ? '' : atLeast),
  );
  const missing = find('all', 'missing');
  const tables = rows.filter((row) => row['fault'] === 'missing' && row['zone_table'] !== 'all');
  return [...early, ...toMissing(missing, tables, atLeast)];
};

function toEarly(
  id: string,
  table: string,
  row: SqlRow | undefined,
  atLeast: string,
): AuditFinding[] {
  if (row === undefined) return [];
  const found = numberIn(row, 'found');
  return [
    {
      id,
      rows: found,
      title: `${atLeast}${count(found, 'row')} in ${table} ${verb(found, 'is', 'are')} from before the consent of ${people(numberIn(row, 'people'))}.`,
      example: `The first is from ${moment(row['first_moment'])}.`,
      why: 'Consent is tested for being there, not for its date, so that it works backwards.',
      fix: 'Keep only what was measured from shareWithResearchAsOfDate on.',
      breaks: true,
    },
  ];
}

function toMissing(
  all: SqlRow | undefined,
  tables: readonly SqlRow[],
  atLeast: string,
): AuditFinding[] {
  if (all === undefined) return [];
  const found = numberIn(all, 'found');
  const perTable = tables
    .map((row) => `${count(numberIn(row, 'found'), 'row')} in ${String(row['zone_table'])}`)
    .sort();
  return [
    {
      id: 'consent-missing',
      rows: found,
      title: `${atLeast}${count(found, 'row')} of the zones ${verb(found, 'is', 'are')} about ${people(numberIn(all, 'people'))} without consent to research.`,
      example: `There ${verb(numberIn(tables[0], 'found'), 'is', 'are')} ${perTable.join(', ')}.`,
      why: 'Consent was never given or was withdrawn in a later version, not everybody with the e-mail consents, or a shared serial number brought in the readings of strangers.',
      fix: 'Let the latest version of a customer rule, ask for the consent of all who share an e-mail, and attribute readings by the phone instead of the serial number.',
      breaks: true,
    },
  ];
}
