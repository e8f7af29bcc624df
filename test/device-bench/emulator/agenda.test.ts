import { expect, test } from 'vitest';
import { Agenda } from '../../../device-bench/emulator/agenda.ts';

function runAll(agenda: Agenda): void {
  while (agenda.nextCycle < Infinity) agenda.runNext();
}

test('actions come in the order of their cycles, those of one cycle in the order in which they were planned', () => {
  const agenda = new Agenda();
  const done: string[] = [];
  for (const [name, cycle] of [
    ['c', 20],
    ['a', 10],
    ['d', 20],
    ['b', 10],
    ['e', 30],
  ] as const) {
    agenda.plan(cycle, () => done.push(name));
  }
  expect(agenda.nextCycle).toBe(10);
  runAll(agenda);
  expect(done.join('')).toBe('abcde');
});

test('an action may plan others, also for its own cycle', () => {
  const agenda = new Agenda();
  const done: string[] = [];
  agenda.plan(5, () => {
    done.push('first');
    agenda.plan(5, () => done.push('third'));
  });
  agenda.plan(5, () => done.push('second'));
  runAll(agenda);
  expect(done).toEqual(['first', 'second', 'third']);
});

test('without an action there is nothing to wait for', () => {
  const agenda = new Agenda();
  expect(agenda.nextCycle).toBe(Infinity);
  agenda.runNext();
  expect(agenda.nextCycle).toBe(Infinity);
});
