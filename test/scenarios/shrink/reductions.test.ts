import { describe, expect, test } from 'vitest';
import {
  countFaults,
  peopleOf,
  reduceDevices,
  reduceFaults,
  reducePeople,
  reduceTime,
} from '../../../scenarios/shrink/reductions.ts';
import { listAt, valueAt, withValue } from '../../../scenarios/shrink/written-edits.ts';
import type { Written } from '../../../scenarios/shrink/written-edits.ts';
import { offender, trialsOf } from './trial-runs.ts';

const WALK: Written = {
  version: 1,
  world: { customers: 40, households: { size: 2 }, consent: { research: '50%' } },
  run: { duration: '9m', seeds: '7..7' },
  faults: [
    { kind: 'drop', on: 'trainer[3]', at: '0s', rate: '10%' },
    { kind: 'down', on: 'broker', at: '1m', for: '20s' },
  ],
};

describe('people', () => {
  const needs7and30 = (written: Written): boolean =>
    [7, 30].every((id) => peopleOf(written).includes(id));

  test('are left out until everybody is needed', async () => {
    const small = await reducePeople(WALK, trialsOf(needs7and30));
    expect(valueAt(small, ['world', 'only', 'people'])).toEqual([7, 30]);
  });

  test('who were complained about are tried first', async () => {
    const tried: Written[] = [];
    const offenders = [offender([7, 30])];
    const small = await reducePeople(WALK, trialsOf(needs7and30, { tried, offenders }));
    expect(peopleOf(small)).toEqual([7, 30]);
    expect(Math.max(...tried.map((written) => peopleOf(written).length))).toBe(2);
  });

  test('all stay where all are needed', async () => {
    const trials = trialsOf((written) => peopleOf(written).length === 40);
    expect(await reducePeople(WALK, trials)).toBe(WALK);
  });
});

test('trainers and phones are left out, by household and by person', async () => {
  const two = withValue(WALK, ['world', 'only', 'people'], [4, 31]);
  const needsPhone31 = trialsOf((written) => {
    const phones = valueAt(written, ['world', 'only', 'phones']);
    return !Array.isArray(phones) || phones.includes(31);
  });
  expect(valueAt(await reduceDevices(two, needsPhone31), ['world', 'only'])).toEqual({
    people: [4, 31],
    trainers: [],
    phones: [31],
  });
});

describe('time', () => {
  function stepsOf(written: Written): [number, number] {
    const steps = (valueAt(written, ['world', 'only', 'steps']) ?? '0..29') as string;
    const [first = 0, last = 29] = steps.split('..').map(Number);
    return [first, last];
  }
  const needs11and12 = (written: Written): boolean => {
    const [first, last] = stepsOf(written);
    return first <= 11 && last >= 12;
  };

  test('is left out step by step', async () => {
    const small = await reduceTime(WALK, trialsOf(needs11and12));
    expect(valueAt(small, ['world', 'only'])).toEqual({ steps: '11..12' });
  });

  test('is left out at once, where an offender names the steps', async () => {
    const tried: Written[] = [];
    const offenders = [offender([], [11, 12])];
    await reduceTime(WALK, trialsOf(needs11and12, { tried, offenders }));
    expect(tried.map(stepsOf)[0]).toEqual([11, 12]);
    expect(tried.length).toBeLessThan(5);
  });

  test('is counted by offenders from the first step that is left', async () => {
    const tried: Written[] = [];
    const offenders = [offender([], [2, 3])];
    const cut = withValue(WALK, ['world', 'only', 'steps'], '9..20');
    await reduceTime(cut, trialsOf(needs11and12, { tried, offenders }));
    expect(tried.map(stepsOf)[0]).toEqual([11, 12]);
  });

  test('stays where all of it is needed', async () => {
    expect(
      await reduceTime(
        WALK,
        trialsOf(() => false),
      ),
    ).toEqual(WALK);
  });

  test('is left out by the second, too, where people exercise several times', async () => {
    const twice = withValue(WALK, ['world', 'sessions', 'perPerson'], 2);
    const secondAt = (written: Written, key: string, otherwise: number): number =>
      Number.parseInt((valueAt(written, ['world', 'only', key]) ?? otherwise) as string, 10);
    const trials = trialsOf(
      (written) =>
        secondAt(written, 'from', 0) <= 300 &&
        secondAt(written, 'until', 540) >= 320 &&
        valueAt(written, ['world', 'only', 'steps']) === undefined,
    );
    const small = await reduceTime(twice, trials);
    expect(valueAt(small, ['world', 'only'])).toEqual({ from: '300s', until: '320s' });
    expect(await reduceTime(small, trials)).toEqual(small);
  });
});

test('faults are left out', async () => {
  const isDown = (fault: unknown): boolean => (fault as Written)['kind'] === 'down';
  const needsDown = trialsOf((written) => listAt(written, ['faults']).some(isDown));
  const small = await reduceFaults(WALK, needsDown);
  expect(small['faults']).toEqual([{ kind: 'down', on: 'broker', at: '1m', for: '20s' }]);
  expect(countFaults(small)).toBe(1);
  expect(
    await reduceFaults(
      WALK,
      trialsOf(() => true),
    ),
  ).not.toHaveProperty('faults');
});

test('of what changes in the world, only what is needed is left', async () => {
  const given = { at: '2m', person: 7, research: 'given' };
  const withdrawn = { at: '1m', person: 7, research: 'withdrawn' };
  const consents = withValue(WALK, ['world', 'consent', 'changes'], [withdrawn, given]);
  const serials = withValue(consents, ['world', 'serials', 'changes'], [{ at: '1m', pool: 2 }]);
  const clocks = ['devices', 'phone', 'clock', 'changes'];
  const busy = withValue(serials, clocks, [{ at: '1m', skew: '9ms' }]);
  const needsConsent = trialsOf((written) =>
    listAt(written, ['world', 'consent', 'changes']).some((entry) => entry === given),
  );
  const small = await reduceFaults(busy, needsConsent);
  expect(listAt(small, ['world', 'consent', 'changes'])).toEqual([given]);
  expect(listAt(small, ['world', 'serials', 'changes'])).toEqual([]);
  expect(listAt(small, clocks)).toEqual([]);
  expect(countFaults(small)).toBe(0);
});
