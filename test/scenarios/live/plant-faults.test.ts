import { expect, test } from 'vitest';
import { schedulePlantFaults } from '../../../scenarios/live/plant-faults.ts';
import { StorageOutage } from '../../../scenarios/live/storage-outage.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const PUT = { operation: 'PutObject' };

test('the storage is away and slow when the plan says so; what takes long in the world takes less in real time', () => {
  const time = new VirtualTime(0);
  const outage = new StorageOutage(() => undefined);
  const timers = Object.assign(time, { speed: 10 });
  schedulePlantFaults(
    [
      { kind: 'storage-down', atMs: 100, untilMs: 200 },
      { kind: 'storage-slow', atMs: 150, untilMs: 300, byMs: 2_000 },
      { kind: 'broker-down', atMs: 100, untilMs: 200 },
    ],
    { timers, outage },
  );
  const strikes = [100, 150, 200, 300].map((atMs) => {
    time.run(atMs, Infinity);
    return outage.strike(PUT);
  });
  const away = { kind: 'reset-before' };
  expect(strikes).toEqual([away, away, { kind: 'delay', delayMs: 200 }, undefined]);
});

test('nothing is done to a storage of somebody else', () => {
  const time = new VirtualTime(0);
  schedulePlantFaults([{ kind: 'storage-down', atMs: 1, untilMs: 2 }], {
    timers: Object.assign(time, { speed: 1 }),
    outage: undefined,
  });
  expect(time.nextMs()).toBeUndefined();
});
