/** The committed firmware while it streams: pace, counters, overload. */
import { expect, test } from 'vitest';
import type { Reading } from '../../../firmware-protocol/index.ts';
import { powerReference } from './reference-board.ts';
import type { HeardLine } from './reference-board.ts';

function readingsOf(heard: readonly HeardLine[]): Reading[] {
  return heard.flatMap(({ line }) => (line.kind === 'reading' ? [line] : []));
}

/** Ticks from each reading to the next, over a wrap. */
function periodsOf(readings: readonly Reading[]): number[] {
  return readings.slice(1).map(({ ticks }, index) => (ticks - (readings[index]?.ticks ?? 0)) >>> 0);
}

/** How many readings are missing in front of each but the first. */
function gapsOf(readings: readonly Reading[]): number[] {
  return readings
    .slice(1)
    .map(({ seq }, index) => (seq - (readings[index]?.seq ?? 0) - 1) & 0xffff);
}

test.each([3, 7, 150])('at %i Hz the pace is kept over three seconds, without a loss', (rateHz) => {
  const { say } = powerReference();
  const readings = readingsOf(say(`START ${rateHz}\n`, 3_000));
  expect(readings.length).toBeGreaterThanOrEqual(3 * rateHz - 1);
  expect(readings.length).toBeLessThanOrEqual(3 * rateHz);
  expect(readings[0]?.seq).toBe(0);
  expect(new Set(gapsOf(readings))).toEqual(new Set([0]));
  for (const { flags, distance } of readings) {
    expect([flags, distance > 200, distance <= 300]).toEqual([0, true, true]);
  }
  const periods = periodsOf(readings);
  expect(Math.max(...periods) - Math.min(...periods)).toBeLessThanOrEqual(2);
});

test('readings that the line cannot carry are dropped, counted and flagged; the others stay fresh', () => {
  const { say } = powerReference();
  say('REBOOT 60000 4294960000\n', 20);
  const heard = say('START 200\n', 2_000);
  const readings = readingsOf(heard);
  const gaps = gapsOf(readings);
  expect(gaps.filter((gap) => gap > 0).length).toBeGreaterThan(10);
  expect(readings.slice(1).map(({ flags }) => flags)).toEqual(gaps.map((gap) => (gap > 0 ? 4 : 0)));
  expect(gaps.reduce((sum, gap) => sum + gap, readings.length)).toBeGreaterThan(390);
  const ages = heard.flatMap(({ atMs, line }) =>
    line.kind === 'reading' ? [atMs - line.ticks] : [],
  );
  expect(Math.max(...ages) - Math.min(...ages)).toBeLessThan(30);
});

test('answers come in between, and in time even in overload', () => {
  const { board, say } = powerReference();
  say('START 200\n', 500);
  for (let count = 0; count < 10; count++) {
    const sentAt = board.timers.now();
    const answer = say(`@${count} ID?\n`, 97).find(({ text }) => text.startsWith('=ID,'));
    expect((answer?.atMs ?? Infinity) - sentAt).toBeLessThan(60);
  }
  const after = say('STOP\n', 1_000);
  const stop = after.findIndex(({ line }) => line.kind === 'stopped');
  expect(stop).toBeGreaterThanOrEqual(0);
  expect(after).toHaveLength(stop + 1);
});

test('a pause shows life every four seconds', () => {
  const { say } = powerReference();
  say('START 50\n', 200);
  say('STOP\n');
  const heard = say('', 13_000);
  expect(heard.map(({ line }) => line.kind)).toEqual(['heartbeat', 'heartbeat', 'heartbeat']);
  expect((heard[1]?.atMs ?? 0) - (heard[0]?.atMs ?? 0)).toBeCloseTo(4_000, -1);
});

test('seq and ticks count over their ends', () => {
  const { say } = powerReference();
  say('REBOOT 65530 4294967200\n', 20);
  const readings = readingsOf(say('START 50\n', 400));
  expect(readings.map(({ seq }) => seq).slice(4, 8)).toEqual([65_534, 65_535, 0, 1]);
  const wrapped = readings.findIndex(({ ticks }) => ticks < 1_000);
  expect(readings[wrapped - 1]?.ticks).toBeGreaterThan(4_294_967_200);
  expect(new Set(periodsOf(readings))).toEqual(new Set([20]));
});

test('repeating START changes nothing, another rate the pace only', () => {
  const { say } = powerReference();
  const heard = [50, 50, 100].flatMap((rateHz) => say(`START ${rateHz}\n`, 205));
  const readings = readingsOf(heard);
  expect(new Set(gapsOf(readings))).toEqual(new Set([0]));
  const periods = periodsOf(readings);
  expect(new Set(periods.slice(0, 18))).toEqual(new Set([20]));
  expect(new Set(periods.slice(-18))).toEqual(new Set([10]));
});
