/** Rows of the landing zone that say the same as another, whoever they are about and whether that person consents or not. */
import type { Accounting } from '../accounting.ts';
import { LANDING_TABLES, TABLES } from '../core/catalog.ts';
import type { LandingTableName } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import { countRepeatedRows } from '../engine/repeated-rows.ts';
import type { Check } from './finding.ts';
import { count, verb } from './wording.ts';

/** Rows that landed again, which strict zones take once; classic zones repeat them, which is another finding. */
export const checkRepeats: Check = async (engine, { policy, accounting }) => {
  if (policy !== 'strict') return [];
  const repeated = await countRepeats(engine, accounting);
  const rows = LANDING_TABLES.reduce((sum, table) => sum + repeated[table], 0);
  if (rows === 0) return [];
  const most = LANDING_TABLES.reduce((left, right) =>
    repeated[right] > repeated[left] ? right : left,
  );
  return [
    {
      id: 'rows-landed-twice',
      rows,
      title: `${count(rows, 'row')} of the landing zone ${verb(rows, 'says', 'say')} the same as another and ${verb(rows, 'counts', 'count')} once.`,
      example: `Most are in ${most}: ${repeated[most].toLocaleString('en-US')} of ${accounting[most].out.toLocaleString('en-US')} rows.`,
      why: 'Messages are delivered at least once, so that some arrive again. Sums over the landing zone count them twice.',
      fix: 'Nothing has to be done for the zones. If there are many, look at the connections of the phones and the bridge.',
      breaks: false,
    },
  ];
};

async function countRepeats(
  engine: Engine,
  accounting: Accounting,
): Promise<Record<LandingTableName, number>> {
  const { columns } = TABLES.accelerometer_landing;
  return {
    customer_landing: accounting.customer_trusted.duplicates,
    // The books of phone samples only know those that are kept, so that they depend on whose consent counts.
    accelerometer_landing: await countRepeatedRows(
      engine,
      'accelerometer_landing',
      columns.map(({ name }) => name),
    ),
    step_trainer_landing: accounting.step_trainer_trusted.duplicates,
  };
}
