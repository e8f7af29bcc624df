import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ShrinkLine, ShrinkLog, tellShrink } from '../../cli/shrink-progress.ts';
import type { ShrinkProgress } from '../../scenarios/index.ts';

const AT: ShrinkProgress = {
  phase: 'people',
  runs: 12,
  people: 1_000,
  faults: 3,
  durationMs: 480_000,
};

test('a line tells what is tried, what is left, and how many runs that took', () => {
  expect(tellShrink(AT)).toBe(
    'leaving people out · left: 1,000 people, 3 faults, 8 min of the world · 12 runs so far',
  );
  expect(tellShrink({ ...AT, phase: 'time', runs: 1, people: 1, faults: 0 })).toBe(
    'leaving time out · left: 1 person, no fault, 8 min of the world · 1 run so far',
  );
});

test('a log has a line for each stage, and for later rounds only what has changed', () => {
  const lines: string[] = [];
  const log = new ShrinkLog((line) => lines.push(line));
  log.tell(AT);
  log.tell({ ...AT, phase: 'time', people: 2 });
  log.tell({ ...AT, people: 2, runs: 20 });
  log.tell({ ...AT, people: 1, runs: 30 });
  log.stop();
  expect(lines.map((line) => line.replace(/,.* of the world · /, ' · '))).toEqual([
    'leaving people out · left: 1 · 12 runs so far',
    'leaving time out · left: 2 people · 12 runs so far',
    'leaving people out · left: 1 person · 30 runs so far',
  ]);
});

test('a terminal has one line that is written over, no wider than it is', () => {
  const stream = Object.assign(new PassThrough(), { columns: 40 }) as unknown as NodeJS.WriteStream;
  const line = new ShrinkLine(stream);
  line.tell(AT);
  line.tell({ ...AT, people: 7 });
  line.stop();
  line.stop();
  const shown = String(stream.read());
  const clear = '\u001B[2K\u001B[1G';
  expect(shown.split(clear).map(({ length }) => length)).toEqual([39, 39, 0]);
  expect(shown).toContain(clear);
});
