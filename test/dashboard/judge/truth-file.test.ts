import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TruthFile } from '../../../dashboard/judge/truth-file.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-truth-'));
  path = join(folder, 'ledger.ndjson');
});

afterEach(() => rm(folder, { recursive: true }));

const READING = {
  kind: 'distance',
  id: 0,
  person: 3,
  step: 0,
  atMs: 5,
  fate: 'never-sent',
  distance: 210,
};

test('a file that is not there yet holds nothing', async () => {
  const truth = new TruthFile(path);
  await truth.update();
  expect(truth.readings).toEqual([]);
});

test('what is appended is read, each line once and whole', async () => {
  const truth = new TruthFile(path);
  const line = JSON.stringify(READING);
  await appendFile(path, line.slice(0, 20));
  await truth.update();
  expect(truth.readings).toEqual([]);
  await appendFile(path, `${line.slice(20)}\n{"occurrence":"box-swapped"}\n`);
  await truth.update();
  await truth.update();
  expect(truth.readings).toEqual([READING]);
  expect(truth.occurrences('box-swapped')).toBe(1);
  expect(truth.occurrences('line-cut')).toBe(0);
});

test('what becomes known of a reading is seen by whoever holds it', async () => {
  const truth = new TruthFile(path);
  await appendFile(path, `${JSON.stringify(READING)}\n`);
  await truth.update();
  const [held] = truth.readings;
  await appendFile(path, '{"id":0,"fate":"garbled","arrivals":2}\n{"damagedLine":"$R,7F"}\n');
  await truth.update();
  expect(held).toEqual({ ...READING, fate: 'garbled', arrivals: 2 });
  expect(truth.damagedLines).toEqual(['$R,7F']);
});

test('lines are read that are longer than a block, and more than a block of them', async () => {
  const truth = new TruthFile(path);
  const long = 'x'.repeat(3_000_000);
  await appendFile(path, `{"damagedLine":"${long}"}\n`);
  const readings = Array.from({ length: 20_000 }, (_, id) => JSON.stringify({ ...READING, id }));
  await appendFile(path, `${readings.join('\n')}\n`);
  await truth.update();
  expect(truth.damagedLines[0]).toHaveLength(long.length);
  expect(truth.readings).toHaveLength(20_000);
  expect(truth.readings[19_999]).toEqual({ ...READING, id: 19_999 });
});

test('a line that is no truth is told with its place', async () => {
  const truth = new TruthFile(path);
  await appendFile(path, 'nonsense\n');
  await expect(truth.update()).rejects.toMatchObject({
    code: 'LEDGER_UNREADABLE',
    message: expect.stringContaining(path) as string,
  });
});
