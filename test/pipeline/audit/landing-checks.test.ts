import { expect, it } from 'vitest';
import { checkMissing } from '../../../pipeline/audit/landing-checks.ts';
import type { AuditFinding, AuditSubject } from '../../../pipeline/audit/index.ts';
import type { Engine } from '../../../pipeline/engine/duckdb.ts';

/** The check asks the engine nothing. */
const found = (missing: AuditSubject['missing']): Promise<readonly AuditFinding[]> =>
  checkMissing({} as Engine, { missing } as AuditSubject);

it('finds nothing where all tables landed', async () => {
  expect(await found([])).toEqual([]);
});

it('names the tables that are missing, where they were looked for, and what may be meant', async () => {
  expect(
    await found([
      { table: 'accelerometer_landing', near: 'accelerometer_landin' },
      { table: 'step_trainer_landing', near: undefined },
    ]),
  ).toMatchObject([
    {
      id: 'landing-table-missing',
      rows: 2,
      title: 'Nothing landed of 2 landing tables: accelerometer_landing, step_trainer_landing.',
      example:
        'No objects are in accelerometer_landing/ and accelerometer/landing/; did you mean accelerometer_landin/ to be one of them? No objects are in step_trainer_landing/ and step_trainer/landing/.',
      breaks: false,
    },
  ]);
});

it('does not repeat a name that may tell who somebody is', async () => {
  const [finding] = await found([{ table: 'customer_landing', near: 'customer @x' }]);
  expect(finding?.example).not.toContain('@');
});
