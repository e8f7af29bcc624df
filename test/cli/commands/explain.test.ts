import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainCommand } from '../../../cli/commands/explain.ts';
import { explainFailure } from '../../../cli/exit-codes.ts';
import { makeRun } from '../../scenarios/explain/explained-run.ts';
import type { ExplainedRun } from '../../scenarios/explain/explained-run.ts';
import { runCommand } from './printed.ts';
import type { Printed } from './printed.ts';

let made: ExplainedRun;
beforeAll(async () => {
  made = await makeRun('classic');
}, 60_000);
afterAll(() => made.remove());

function explain(...args: readonly string[]): Promise<Printed> {
  return runCommand(explainCommand, 'explain', ...args, '--out', made.runs);
}

/** The exit code and the text of a call that does not do. */
async function refusal(...args: readonly string[]): Promise<ReturnType<typeof explainFailure>> {
  const { stdout } = await explain(...args).catch((error: unknown) => {
    return { stdout: explainFailure(error) };
  });
  return stdout as ReturnType<typeof explainFailure>;
}

test('a run alone is told as an overview, with commands for what it names', async () => {
  const { stdout, stderr } = await explain('bad-cable');
  expect(stdout).toContain('Where readings ended, each with an example');
  expect(stdout).toContain(`npx stedi explain ${made.run.name} --oracle consent.date`);
  expect(stderr).toBe('');
});

test('--json is one document on stdout, and notes go beside it', async () => {
  const { stdout, stderr } = await explain('bad-cable', '0', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ run: made.run.name, reading: { id: 0 } });
  expect(stderr).toBe('The run is made once more to look at the reading …\n');
});

test('e-mails are hidden unless they are asked for', async () => {
  const sample = made.ledger.entries.find(
    ({ kind, bin }) => kind === 'acceleration' && bin === 'landed',
  );
  const { email = '' } = made.ledger.world.people[sample?.person ?? 0]?.identity ?? {};
  const hidden = await explain('bad-cable', `${sample?.id}`, '--json');
  const shown = await explain('bad-cable', `${sample?.id}`, '--json', '--personal');
  expect(hidden.stdout).not.toContain(email);
  expect(shown.stdout).toContain(email);
});

test('words of a person and a time need no quotes', async () => {
  const entry = made.ledger.entries[5];
  const time = new Date(entry?.atMs ?? 0).toISOString();
  const { stdout } = await explain('bad-cable', 'person', `${entry?.person}`, 'at', time, '--json');
  const { reading } = JSON.parse(stdout) as { readonly reading: { readonly atMs: number } };
  expect(reading.atMs).toBe(entry?.atMs);
});

test('an oracle that the scenario asked has its verdict and its rows', async () => {
  const { stdout } = await explain('bad-cable', '--oracle', 'consent.date', '--json');
  const document = JSON.parse(stdout) as { readonly offenders: readonly unknown[] };
  expect(document).toMatchObject({ oracle: 'consent.date', verdict: 'fail', limit: { max: 0 } });
  expect(document.offenders.length).toBeGreaterThan(0);
});

describe('exit code 2 and a sentence', () => {
  test.each([
    [['bad-cabel'], 'There is no run "bad-cabel" here or below '],
    [['bad-cable', '999999'], 'There is no reading 999999: this run has the readings 0 to '],
    [['bad-cable', '--oracle', 'privacy.leeks'], 'Did you mean "privacy.leaks"?'],
    [['bad-cable', '--oracle', 'zones.idempotence'], 'needs a second run of the pipeline'],
    [['bad-cable', '0', '--oracle', 'consent.date'], 'Give a reading or --oracle, not both.'],
    [['bad-cable', '--personal'], '--personal goes with a reading'],
  ])('for %j', async (args, sentence) => {
    const { exit, text } = await refusal(...args);
    expect(exit).toBe(2);
    expect(text).toContain(sentence);
  });
});
