import { expect, it } from 'vitest';
import { checkObjects } from '../../../pipeline/audit/object-checks.ts';
import type { AuditFinding, AuditSubject } from '../../../pipeline/audit/index.ts';
import type { Engine } from '../../../pipeline/engine/duckdb.ts';

const NONE = { objects: 0, bytes: 0 };

/** The check asks the engine nothing. */
function found(
  customers: { readonly objects: number; readonly bytes: number },
  quarantine: AuditSubject['quarantine'] = [],
): Promise<readonly AuditFinding[]> {
  const setAside = {
    customer_landing: customers,
    accelerometer_landing: NONE,
    step_trainer_landing: NONE,
  };
  return checkObjects({} as Engine, { setAside, quarantine } as unknown as AuditSubject);
}

it('finds nothing where no object is set aside as a whole', async () => {
  expect(await found(NONE)).toEqual([]);
});

it('tells how many objects, how large, and which is the first', async () => {
  const line = {
    file: 'a.json',
    line: 3,
    reason: 'broken JSON',
    table: 'customer_landing',
  } as const;
  const whole = { ...line, file: 'b.parquet', line: 0, reason: 'not a Parquet file' };
  expect(await found({ objects: 2, bytes: 3_100_000 }, [line, whole])).toMatchObject([
    {
      id: 'objects-unreadable',
      rows: 2,
      breaks: false,
      title: '2 whole objects (3.1 MB) of the landing zone cannot be read.',
      example: 'b.parquet: not a Parquet file.',
    },
  ]);
});
