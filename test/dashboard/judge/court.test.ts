import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Court } from '../../../dashboard/judge/court.ts';
import { withoutMotion } from '../../../dashboard/judge/told-world.ts';
import { makeFolders } from '../../../pipeline/index.ts';
import { finishedRun, ShownRun } from './finished-run.ts';
import type { FinishedRun } from './finished-run.ts';

/** A run takes seconds of computing, on a busy machine many. */
const RUN_MS = 120_000;

let folder = '';
let run: FinishedRun;
let courts = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-court-'));
  run = await finishedRun(folder);
}, RUN_MS);

afterAll(() => rm(folder, { recursive: true }));

/** A court before which nothing has been shown yet. */
function open(): { readonly court: Court; readonly shown: ShownRun } {
  const own = join(folder, `court-${courts++}`);
  makeFolders(own);
  const shown = new ShownRun(run, own);
  const { landing, ledger } = shown;
  const court = new Court({
    landing: { kind: 'folder', path: landing },
    ledger,
    world: withoutMotion(run.world),
    plan: run.plan,
    file: 'six.yaml',
    folder: join(own, 'judge'),
  });
  return { court, shown };
}

describe('a run that goes on', { timeout: RUN_MS }, () => {
  test('is judged anew whenever something has landed, and never before', async () => {
    const { court, shown } = open();
    const query = { policy: 'strict', table: 'customer_trusted', what: 'all', offset: 0 } as const;
    await expect(court.rows(query)).rejects.toMatchObject({ code: 'VERDICT_PENDING' });
    const nothing = await court.judge(run.world.spec.startMs);
    expect(nothing?.verdict).toMatchObject({
      cycle: 1,
      truth: { landedSteps: 0 },
      policies: { classic: { leaked: 0, failure: undefined } },
    });
    expect(await court.judge(run.world.endMs)).toBeUndefined();

    await shown.tell();
    await shown.land('accelerometer_landing/');
    await shown.land('step_trainer_landing/');
    const unknown = await court.judge(run.world.endMs);
    // Nobody has told who consents: nothing belongs into the zones yet.
    expect(unknown?.verdict.truth).toMatchObject({
      landedSteps: 180,
      usableSteps: 0,
      usableSamples: 0,
    });
    expect(unknown?.landed.toldUntilMs).toEqual(run.world.people.map(() => undefined));
    const steps = unknown?.verdict.policies.strict.tables.step_trainer_trusted;
    expect(steps).toMatchObject({ rows: 0, due: 0, missing: 0 });

    await shown.land('customer_landing/');
    const known = await court.judge(run.world.endMs);
    expect(known?.verdict).toMatchObject({
      cycle: 3,
      policies: { strict: { leaked: 0, misattributed: 0, mismatched: 0 } },
    });
    expect(known?.verdict.truth.usableSteps).toBeGreaterThan(0);
    const pairs = known?.verdict.policies.strict.tables.machine_learning_curated;
    expect(pairs).toEqual({
      rows: pairs?.due,
      due: pairs?.due,
      leaked: 0,
      wrong: 0,
      missing: 0,
    });
    court.close();
  });

  test('is judged as of what had landed, when the judge came late to what it was asked', async () => {
    const { court, shown } = open();
    await shown.tell();
    await shown.land('');
    const judged = await court.judge(run.world.spec.startMs);
    expect(judged?.verdict.asOfMs).toBe(judged?.landed.readingsUntilMs);
    expect(judged?.verdict.truth).toMatchObject({ steps: 180, landedSteps: 180 });
    court.close();
  });

  test('finds the truth of rows when it is written down after they landed', async () => {
    const { court, shown } = open();
    await shown.tell(run.world.spec.startMs);
    await shown.land('');
    const blind = await court.judge(run.world.endMs);
    expect(blind?.verdict.truth.landedSteps).toBe(0);
    expect(blind?.landed.unexpected).toBe(blind?.landed.rows);
    await shown.tell();
    const seen = await court.judge(run.world.endMs);
    expect(seen?.verdict).toMatchObject({ cycle: 2, truth: { landedSteps: 180 } });
    expect(seen?.landed.unexpected).toBe(0);
    court.close();
  });
});

describe('a run that is over', { timeout: RUN_MS }, () => {
  let court: Court;
  let judged: Awaited<ReturnType<Court['judge']>>;

  beforeAll(async () => {
    const { shown, ...opened } = open();
    court = opened.court;
    await shown.tell();
    await shown.land('');
    judged = await court.judge(run.world.endMs);
  }, RUN_MS);

  afterAll(() => court.close());

  test('gets the verdict that the runner of scenarios gives it', () => {
    const measured = Object.fromEntries(
      run.result.oracles.map(({ id, measured: value }) => [id, value]),
    );
    const classic = judged?.verdict.policies.classic;
    expect(measured['privacy.leaks']).toBeGreaterThan(0);
    expect(classic?.leaked).toBe(measured['privacy.leaks']);
    expect(classic?.mismatched).toBe(measured['ml.pairing']);
    expect(
      Object.fromEntries(
        Object.entries(classic?.tables ?? {}).map(([table, { rows }]) => [table, { rows }]),
      ),
    ).toEqual(
      Object.fromEntries(
        Object.entries(run.result.tables).filter(([table]) => !table.endsWith('_landing')),
      ),
    );
    expect(judged?.verdict.truth).toMatchObject({
      steps: 180,
      landedSteps: 180,
      peopleExercised: 6,
    });
  });

  test('counts the rows about each person', () => {
    const withdrawn = 0;
    expect(judged?.rowsOf.strict[withdrawn]).toBe(0);
    expect(judged?.rowsOf.classic[withdrawn]).toBeGreaterThan(0);
  });

  test('shows the rows behind a number with their truth, and no e-mail', async () => {
    const { leaked } = judged?.verdict.policies.classic.tables.accelerometer_trusted ?? {};
    const page = await court.rows({
      policy: 'classic',
      table: 'accelerometer_trusted',
      what: 'leaked',
      offset: 1,
      limit: 3,
    });
    expect(page).toMatchObject({
      cycle: 1,
      total: leaked,
      offset: 1,
      columns: ['user', 'timeStamp', 'x', 'y', 'z'],
    });
    expect(page.rows).toHaveLength(3);
    for (const { cells, truth, readings } of page.rows) {
      expect(cells[0]).toBe('e-mail of person 0');
      expect(truth).toMatch(/^Person 0 made it at .*; person 0 withdrew consent at .*\.$/);
      expect(readings).toHaveLength(1);
    }
    expect(JSON.stringify(page)).not.toContain('@');
  });

  test('shows what is missing by what it would be', async () => {
    const { missing } = judged?.verdict.policies.classic.tables.step_trainer_trusted ?? {};
    const page = await court.rows({
      policy: 'classic',
      table: 'step_trainer_trusted',
      what: 'missing',
      offset: 0,
    });
    expect(page.total).toBe(missing);
    expect(page.rows[0]).toMatchObject({
      cells: [],
      truth: expect.stringMatching(
        /^Person \d made it at .* \(sensorReadingTime \d+, .*\); it landed, may be used, and is missing\.$/,
      ) as string,
    });
  });

  test('tells the life of a reading', async () => {
    const { rows } = await court.rows({
      policy: 'classic',
      table: 'step_trainer_trusted',
      what: 'leaked',
      offset: 0,
      limit: 1,
    });
    const [reading = -1] = rows[0]?.readings ?? [];
    const life = await court.life(reading);
    expect(life.title).toMatch(/^Reading \d+: a distance of person \d$/);
    expect(life.stages.map(({ name }) => name)).toEqual([
      'Motion',
      'Serial line',
      'Landing',
      'strict step_trainer_trusted',
      'strict machine_learning_curated',
      'classic step_trainer_trusted',
      'classic machine_learning_curated',
    ]);
    expect(life.stages[2]?.text).toMatch(
      /^It landed with the time .*: step_trainer_landing\/.*:\d+\.$/,
    );
    expect(life.stages[2]?.bytes).toContain('"sensorReadingTime"');
    expect(life.stages[3]?.text).toBe('It is not here, as it should be.');
    expect(life.stages[5]?.text).toMatch(/may not be used\. It is taken for a reading of person/);
    await expect(court.life(1_000_000)).rejects.toMatchObject({ code: 'READING_UNKNOWN' });
  });

  test('lists what has landed, the newest first', async () => {
    const page = await court.objects('accelerometer_landing');
    expect(page.objects.reduce((sum, { rows }) => sum + rows, 0)).toBe(
      run.result.tables['accelerometer_landing']?.rows,
    );
    expect(page.total).toBe(page.objects.length);
    const keys = page.objects.map(({ key }) => key);
    expect(keys).toEqual(keys.toSorted().toReversed());
  });

  test('gets the report of a run of both pipelines', async () => {
    const { html, document } = await court.report();
    const [strict, classic] = document.scenarios;
    expect(strict).toMatchObject({
      pipeline: 'strict',
      oracles: [{ id: 'landing.lost', measured: 0 }, {}, {}, {}],
    });
    expect(classic?.oracles).toEqual(run.result.oracles);
    expect(classic?.ledger).toEqual(run.result.ledger);
    expect(html).toContain('Six people share two serial numbers');
  });
});
