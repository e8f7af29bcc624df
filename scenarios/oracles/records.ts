/** Oracles of records: what belongs into the zones and is not there, and what is there although nobody made it. */
import { TABLES } from '../../pipeline/index.ts';
import type { ZoneTableName } from '../../pipeline/index.ts';
import { customerFeed } from '../../simulator/index.ts';
import type { TruthAcceleration } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { distanceKey } from '../evidence/landed.ts';
import { judgePairs } from '../evidence/ml-pairs.ts';
import type { Measurement, Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

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
    const trusted = new Set(customer_trusted.map((row) => evidence.personOf(row['email'])));
    const curated = new Set(customer_curated.map((row) => evidence.personOf(row['email'])));
    const samples = new Set(evidence.trustedSamples.map((sample) => sample?.id));
    const usable = usableSamples(evidence);
    const customers = evidence.world.people.filter(
      ({ id }) => evidence.consentFrom(id) !== undefined,
    );
    const active = [...new Set(usable.map(({ person }) => person))];
    const missing: readonly (readonly [number, ZoneTableName])[] = [
      [customers.filter(({ id }) => !trusted.has(id)).length, 'customer_trusted'],
      [active.filter((id) => !curated.has(id)).length, 'customer_curated'],
      [usable.filter(({ id }) => !samples.has(id)).length, 'accelerometer_trusted'],
    ];
    const chances = customers.length + active.length + usable.length;
    return tell(missing, chances, 'that belong into the zones are missing');
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
    const count = (
      table: ZoneTableName,
      isKnown: (row: Row) => boolean,
    ): [number, ZoneTableName] => [zones[table].filter((row) => !isKnown(row)).length, table];
    const unknownPairs = judgePairs(evidence).filter(({ verdict }) => verdict === 'unknown');
    const unexpected: readonly (readonly [number, ZoneTableName])[] = [
      count('customer_trusted', (row) => versions.has(customerKey(row))),
      count('customer_curated', (row) => versions.has(customerKey(row))),
      [
        evidence.trustedSamples.filter((sample) => sample === undefined).length,
        'accelerometer_trusted',
      ],
      count('step_trainer_trusted', (row) => landed.distanceByKey.has(distanceKey(row))),
      [unknownPairs.length, 'machine_learning_curated'],
    ];
    const rows = Object.values(zones).reduce((sum, table) => sum + table.length, 0);
    return tell(unexpected, rows, 'of the zones stand for nothing that anybody did');
  },
};

type Row = Readonly<Record<string, unknown>>;

const CUSTOMER_COLUMNS = TABLES.customer_landing.columns.map(({ name }) => name);

/** What makes two rows the same version of a customer: every column, where an absent date is as good as none. */
function customerKey(row: object): string {
  return JSON.stringify(CUSTOMER_COLUMNS.map((name) => (row as Row)[name] ?? null));
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
  counts: readonly (readonly [number, ZoneTableName])[],
  chances: number,
  what: string,
): Measurement {
  const measured = counts.reduce((sum, [rows]) => sum + rows, 0);
  const where = counts
    .filter(([rows]) => rows > 0)
    .map(([rows, table]) => `${formatCount(rows)} in ${table}`)
    .join(', ');
  const sentence = `${formatCount(measured)} rows ${what}${where === '' ? '' : `: ${where}`}.`;
  return { measured, chances, offenders: [], sentence };
}
