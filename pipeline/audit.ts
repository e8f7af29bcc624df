/** The audit: what is wrong with the zones just built and with the feed, found from the data alone. */
import { TABLES } from './core/catalog.ts';
import type { Engine, SqlRow } from './engine/duckdb.ts';
import { loadAuditQuery } from './engine/models.ts';
import type { AuditQuery } from './engine/models.ts';

/** The checks in the order of reports. */
export const AUDIT_IDS = [
  'ml-pairs-two-people',
  'accelerometer-before-consent',
  'consent-missing',
  'personal-data-in-ml',
  'serial-shared',
  'duplicate-rows',
] as const;

/** The name of a check. */
export type AuditId = (typeof AUDIT_IDS)[number];

/** Something that is wrong, and in how many rows. `title` is one sentence with the numbers in it. */
export interface AuditFinding {
  readonly id: AuditId;
  readonly rows: number;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** What a check looks at, and how it puts what it finds. */
interface Check {
  readonly rowsOf: (result: readonly SqlRow[]) => number;
  readonly titleOf: (rows: number, result: readonly SqlRow[]) => string;
  readonly why: string;
  readonly fix: string;
}

const found = (result: readonly SqlRow[]): number => Number(result[0]?.['found'] ?? 0);
const detail = (result: readonly SqlRow[], name: string): number => Number(result[0]?.[name] ?? 0);

const CHECKS: Readonly<Record<AuditId, Check>> = {
  'ml-pairs-two-people': {
    rowsOf: found,
    titleOf: (rows, result) =>
      `${count(rows, 'row')} of ${detail(result, 'of_rows')} in machine_learning_curated ${rows === 1 ? 'pairs' : 'pair'} the step of one person with the phone of another.`,
    why: 'The tables are joined on the timestamp alone, and two people moved at the same moment.',
    fix: "Attribute each step to a person and join it with that person's phone only.",
  },
  'accelerometer-before-consent': {
    rowsOf: found,
    titleOf: (rows, result) =>
      `${count(rows, 'row')} in accelerometer_trusted ${rows === 1 ? 'is' : 'are'} from before the consent of ${people(detail(result, 'people'))}.`,
    why: 'Consent is tested for being there, not for its date, so that it works backwards.',
    fix: 'Keep only samples whose timestamp is not before shareWithResearchAsOfDate.',
  },
  'consent-missing': {
    rowsOf: found,
    titleOf: (rows, result) =>
      `${count(rows, 'row')} of the zones ${rows === 1 ? 'is' : 'are'} about ${people(detail(result, 'people'))} without consent to research.`,
    why: 'Consent was never given or was withdrawn in a later version, not everybody with the e-mail consents, or a shared serial number brought in the readings of strangers.',
    fix: 'Let the latest version of a customer rule, ask for the consent of all who share an e-mail, and attribute readings by the phone instead of the serial number.',
  },
  'personal-data-in-ml': {
    rowsOf: found,
    titleOf: (rows) =>
      `${count(rows, 'row')} in machine_learning_curated ${rows === 1 ? 'names' : 'name'} the person.`,
    why: 'A model learns from this table, and nothing in it may tell who somebody is.',
    fix: 'Leave e-mail, name, phone and birthday out of the last join.',
  },
  'serial-shared': {
    rowsOf: found,
    titleOf: (rows, result) =>
      `${count(rows, 'customer')} of the feed share ${count(detail(result, 'serials'), 'serial number')}.`,
    why: 'Fulfilment gives out the same serial numbers again and again, so a join on them gives every reading to all of those customers.',
    fix: 'Do not believe the serial number of the feed: attribute sessions by coinciding phone timestamps.',
  },
  'duplicate-rows': {
    rowsOf: (result) => result.reduce((sum, row) => sum + Number(row['found']), 0),
    titleOf: (rows, result) =>
      `${count(rows, 'row')} of the zones ${rows === 1 ? 'repeats' : 'repeat'} another row: ${perTable(result)}.`,
    why: 'Messages arrive more than once, or a join finds several partners for one row.',
    fix: 'Keep distinct rows, and join on keys that are unique on one side.',
  },
};

/** Makes all checks on what the engine holds, and gives those that found something. */
export async function auditZones(engine: Engine): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = [];
  for (const id of AUDIT_IDS) {
    const check = CHECKS[id];
    const result = await engine.query(await queryOf(engine, id));
    const rows = check.rowsOf(result);
    if (rows > 0) {
      findings.push({
        id,
        rows,
        title: check.titleOf(rows, result),
        why: check.why,
        fix: check.fix,
      });
    }
  }
  return findings;
}

async function queryOf(engine: Engine, id: AuditId): Promise<string> {
  return id === 'personal-data-in-ml'
    ? personalDataQuery(engine)
    : loadAuditQuery(id satisfies AuditQuery);
}

/** Personal columns are looked up in the table as it is, whatever the catalog says it should have. */
async function personalDataQuery(engine: Engine): Promise<string> {
  const personalNames = new Set(
    Object.values(TABLES)
      .flatMap(({ columns }) => columns)
      .filter(({ personal }) => personal)
      .map(({ name }) => name.toLowerCase()),
  );
  const columns = await engine.query('DESCRIBE machine_learning_curated');
  const isFilled = columns
    .map((column) => String(column['column_name']))
    .filter((name) => personalNames.has(name.toLowerCase()))
    .map((name) => `m."${name}" IS NOT NULL`);
  return `SELECT COUNT(*) AS found FROM machine_learning_curated m WHERE ${isFilled.join(' OR ') || 'FALSE'}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function people(number: number): string {
  return number === 1 ? '1 person' : `${number} people`;
}

function perTable(result: readonly SqlRow[]): string {
  return result
    .filter((row) => Number(row['found']) > 0)
    .map((row) => `${Number(row['found'])} in ${String(row['zone_table'])}`)
    .join(', ');
}
