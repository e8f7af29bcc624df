import { expect, test } from 'vitest';
import { explainOracle } from '../../../scenarios/explain/explain-oracle.ts';
import type { FoundRun } from '../../../scenarios/explain/find-run.ts';

const ASKED = {
  id: 'landing.lost',
  title: 'Every reading that was sent whole lands',
  verdict: 'fail',
  measured: 2,
  unit: 'readings',
  limit: { max: 0 },
  margin: -2,
  chances: 9,
  sentence: '2 of 9 readings are lost.',
  offenders: [{ table: 'step_trainer_landing', row: {}, truth: 'T.', readings: [4] }],
};
const RUN = { name: 'one-seed7', folder: '/nowhere', result: { oracles: [ASKED] } };

/** A run that has only what the question needs; its folder is not read. */
function explain(id: string): ReturnType<typeof explainOracle> {
  return explainOracle(RUN as unknown as FoundRun, id);
}

test('an oracle that the scenario asked is told as the run left it', async () => {
  const { id, ...said } = ASKED;
  await expect(explain(id)).resolves.toEqual({
    run: 'one-seed7',
    oracle: id,
    offendersTotal: 2,
    ...said,
  });
});

test('an unknown oracle is told with the nearest one, or with all', async () => {
  await expect(explain('landing.lots')).rejects.toMatchObject({
    code: 'ORACLE_NOT_FOUND',
    message: 'There is no oracle "landing.lots". Did you mean "landing.lost"?',
  });
  await expect(explain('banana')).rejects.toThrow('There are landing.unsent,');
});

test('what needs a second run of the pipeline is not asked afterwards', async () => {
  await expect(explain('zones.idempotence')).rejects.toMatchObject({
    code: 'RUN_STALE',
    message: expect.stringContaining('Add "zones.idempotence: 0" to the scenario') as string,
  });
});
