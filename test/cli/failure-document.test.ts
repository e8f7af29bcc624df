import { expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { failureDocument } from '../../cli/failure-document.ts';
import { Interrupted } from '../../cli/interrupt.ts';
import { ScenarioError } from '../../scenarios/index.ts';

const JSON_RUN = ['run', 'a.yaml', '--json'];
const PROBLEM = { file: 'a.yaml', line: 1, column: 2, path: 'run', message: 'is missing' };

test('a failure is a document when one was asked for', () => {
  const invalid = new ScenarioError('SCENARIO_INVALID', 'All of it.', { problems: [PROBLEM] });
  expect(failureDocument(JSON_RUN, invalid, 'All of it.')).toEqual({
    error: { code: 'SCENARIO_INVALID', message: 'All of it.', problems: [PROBLEM] },
  });
});

test.each<[string, unknown]>([
  ['USAGE', new UsageError('No.')],
  ['INTERRUPTED', new Interrupted()],
  ['OUTPUT_UNWRITABLE', new ScenarioError('OUTPUT_UNWRITABLE', 'No.')],
  ['CRASH', new RangeError('No.')],
  ['CRASH', 'No.'],
])('its code is %s', (code, error) => {
  expect(failureDocument(JSON_RUN, error, 'No.')).toEqual({ error: { code, message: 'No.' } });
});

test.each([
  ['no document was asked for', ['run', 'a.yaml']],
  ['the command prints a line for each event', ['device', 'monitor', '--json']],
  ['there is no command', []],
])('there is none when %s', (_, args) => {
  expect(failureDocument(args, new UsageError('No.'), 'No.')).toBeUndefined();
});
