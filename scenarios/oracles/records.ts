/** Oracles of records: what belongs into the zones and is not there, and what is there although nobody made it. */
import { TABLES } from '../../pipeline/index.ts';
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import { customerFeed } from '../../simulator/index.ts';
import type { TruthAcceleration } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { distanceKey } from '../evidence/landed.ts';
import { judgePairs } from '../evidence/ml-pairs.ts';
import { missingCustomer } from './count-offenders.ts';
import { OFFENDERS_MAX, readingOffender, rowOffender } from './offender.ts';
import type { Offender } from './offender.ts';
import type { Measurement, Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/**
 * Customers and phone samples that belong into the zones and are missing there. Trainer readings and pairs have oracles
 * of their own, because attribution may leave some of them out.
 */
export const ZONES_MISSING: Oracle = {
  id: 'zones.missing',
  title: 'Everybody who shares data is in the zones, with every phone sample',
  unit: 'rows',
  measure: (evidence) => {
    const { customer_trusted, customer_curated } = evidence.zones;
    const trusted = new Set(customer_trusted.map((row) => evidence.customerOf(row)));
    const curated = new Set(customer_curated.map((row) => evidence.customerOf(row)));
    const samples = new Set(evidence.trustedSamples.map((sample) => sample?.id));
    const usable = usableSamples(evidence);
    const customers = evidence.world.people
      .map(({ id }) => id)
      .filter((id) => evidence.consentFrom(id) !== undefined);
    const active = [...new Set(usable.map(({ person }) => person))];
    const missing: readonly Group[] = [
      customerGroup(evidence, 'customer_trusted', customers, trusted),
      customerGroup(evidence, 'customer_curated', active, curated),
      toGroup(
        'accelerometer_trusted',
        usable.filter(({ id }) => !samples.has(id)),
        (truth) =>
          readingOffender(evidence, {
            truth,
            table: 'accelerometer_trusted',
            why: 'it landed and may be used, and is missing',
          }),
      ),
    ];
    const chances = customers.length + active.length + usable.length;
    return tell(missing, chances, (rows) =>
      wordFor(
        rows,
        'that belongs into the zones is missing',
        'that belong into the zones are missing',
      ),
    );
  },
};

/** Rows of the zones that stand for no customer, reading or sample of the world. */
export const ZONES_UNEXPECTED: Oracle = {
  id: 'zones.unexpected',
  title: 'No row stands in a zone that nobody made',
  unit: 'rows',
  measure: (evidence) => {
    const { landed, zones } = evidence;
    const versions = new Set(customerFeed(evidence.world).map((record) => customerKey(record)));
    const group = (table: ZoneTableName, unknown: readonly ZoneRow[]): Group =>
      toGroup(table, unknown, (row) =>
        rowOffender(evidence, { table, row, why: 'the world knows no such row' }),
      );
    const isUnknownCustomer = (row: ZoneRow): boolean => !versions.has(customerKey(row));
    const unexpected: readonly Group[] = [
      group('customer_trusted', zones.customer_trusted.filter(isUnknownCustomer)),
      toGroup('customer_curated', unexpectedCurated(evidence, isUnknownCustomer), ({ row, why }) =>
        rowOffender(evidence, { table: 'customer_curated', row, why }),
      ),
      group(
        'accelerometer_trusted',
        zones.accelerometer_trusted.filter(
          (_row, index) => evidence.trustedSamples[index] === undefined,
        ),
      ),
      group(
        'step_trainer_trusted',
        zones.step_trainer_trusted.filter((row) => !landed.distanceByKey.has(distanceKey(row))),
      ),
      group(
        'machine_learning_curated',
        judgePairs(evidence).flatMap(({ verdict, row }) => (verdict === 'unknown' ? [row] : [])),
      ),
    ];
    const rows = Object.values(zones).reduce((sum, table) => sum + table.length, 0);
    return tell(
      unexpected,
      rows,
      (count) => `of the zones ${wordFor(count, 'stands', 'stand')} for nothing that anybody did`,
    );
  },
};

/** Curated customers that nobody is, or that are given a trainer which they were never on. */
function unexpectedCurated(
  evidence: Evidence,
  isUnknown: (row: ZoneRow) => boolean,
): { readonly row: ZoneRow; readonly why: string }[] {
  const used = new Set(
    evidence.readings.map((truth) =>
      truth.kind === 'distance' ? `${truth.person}|${truth.serialNumber}` : '',
    ),
  );
  return evidence.zones.customer_curated.flatMap((row) => {
    if (isUnknown(row)) return [{ row, why: 'the world knows no such row' }];
    const serial = row['trainerSerialNumber'];
    const isGiven = serial !== undefined && serial !== null;
    const isForeign = isGiven && !used.has(`${evidence.customerOf(row)}|${serial}`);
    return isForeign ? [{ row, why: 'they were never on that trainer' }] : [];
  });
}

/** Rows of one table that offend; only the first of them are told. */
interface Group {
  readonly table: ZoneTableName;
  readonly rows: number;
  readonly offenders: readonly Offender[];
}

function toGroup<Item>(
  table: ZoneTableName,
  items: readonly Item[],
  toOffender: (item: Item) => Offender,
): Group {
  return { table, rows: items.length, offenders: items.slice(0, OFFENDERS_MAX).map(toOffender) };
}

function customerGroup(
  evidence: Evidence,
  table: ZoneTableName,
  belonging: readonly number[],
  present: ReadonlySet<number | undefined>,
): Group {
  const missing = belonging.filter((id) => !present.has(id));
  return toGroup(table, missing, (id) => missingCustomer(evidence, table, id));
}

const CUSTOMER_COLUMNS = TABLES.customer_landing.columns.map(({ name }) => name);

/** What makes two rows the same version of a customer: every column, where an absent date is as good as none. */
function customerKey(row: object): string {
  return JSON.stringify(
    CUSTOMER_COLUMNS.map((name) => (row as Readonly<Record<string, unknown>>)[name] ?? null),
  );
}

/** The samples that belong into accelerometer_trusted. */
function usableSamples(evidence: Evidence): TruthAcceleration[] {
  return evidence.readings.filter((truth): truth is TruthAcceleration => {
    const found = evidence.landed.readings.get(truth.id);
    if (truth.kind !== 'acceleration' || found === undefined) return false;
    return evidence.mayBeUsed(truth.person, found.timeMs);
  });
}

function tell(
  groups: readonly Group[],
  chances: number,
  what: (rows: number) => string,
): Measurement {
  const measured = groups.reduce((sum, { rows }) => sum + rows, 0);
  const where = groups
    .filter(({ rows }) => rows > 0)
    .map(({ table, rows }) => `${formatCount(rows)} in ${table}`)
    .join(', ');
  const sentence = `${formatPlural(measured, 'row')} ${what(measured)}${where === '' ? '' : `: ${where}`}.`;
  return { measured, chances, offenders: groups.flatMap(({ offenders }) => offenders), sentence };
}
