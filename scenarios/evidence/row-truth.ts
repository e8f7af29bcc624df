/** The truth behind a row of a zone: the readings and the people that it stands for. */
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from './evidence.ts';
import { accelerationKey, distanceKey } from './landed.ts';
import { judgePair } from './ml-pairs.ts';

/** Who and what stands behind a row. */
export interface RowTruth {
  /** The step first, then the phone sample. */
  readonly readings: readonly Truth[];
  /** Each person once. */
  readonly people: readonly number[];
}

/** Finds it; both lists are empty for a row that nobody made. */
export function rowTruth(evidence: Evidence, table: ZoneTableName, row: ZoneRow): RowTruth {
  if (table === 'customer_trusted' || table === 'customer_curated') {
    const person = evidence.customerOf(row);
    return { readings: [], people: person === undefined ? [] : [person] };
  }
  const readings = readingsOf(evidence, table, row).filter((truth) => truth !== undefined);
  return { readings, people: [...new Set(readings.map(({ person }) => person))] };
}

function readingsOf(
  evidence: Evidence,
  table: Exclude<ZoneTableName, 'customer_trusted' | 'customer_curated'>,
  row: ZoneRow,
): readonly (Truth | undefined)[] {
  const { landed } = evidence;
  switch (table) {
    case 'accelerometer_trusted':
      return [landed.accelerationByKey.get(accelerationKey(String(row['user']), row))];
    case 'step_trainer_trusted':
      return [landed.distanceByKey.get(distanceKey(row))];
    case 'machine_learning_curated': {
      const { distance, acceleration } = judgePair(evidence, row);
      return [distance, acceleration];
    }
  }
}
