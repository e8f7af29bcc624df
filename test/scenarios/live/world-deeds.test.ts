import { expect, test } from 'vitest';
import type { LiveDeed } from '../../../scenarios/live/deeds.ts';
import { StorageOutage } from '../../../scenarios/live/storage-outage.ts';
import { WorldDeeds } from '../../../scenarios/live/world-deeds.ts';
import type { DeedTargets } from '../../../scenarios/live/world-deeds.ts';
import type { World } from '../../../simulator/index.ts';

const START_MS = 1_000_000;

/** Three people at three stations, the last of which has no trainer now. */
function prepare(others: Partial<DeedTargets> = {}) {
  const done: string[] = [];
  const clock = { nowMs: START_MS + 0.75 };
  const outage = new StorageOutage(() => undefined);
  const world = { people: [{}, {}, {}], boxes: [{}, {}, {}] } as unknown as World;
  const deeds = new WorldDeeds({
    timers: { now: () => clock.nowMs },
    fleet: {
      world,
      trainers: ['a', 'b', undefined].map((serialNumber, station) => ({
        station,
        serialNumber,
        isUnplugged: false,
      })),
      change: (change) => {
        done.push(`change ${change.kind}`);
        return { ...change, atMs: Math.floor(clock.nowMs) + 1 };
      },
      strike: (fault) => {
        done.push(`begin ${fault.kind}`);
        return { end: () => done.push(`end ${fault.kind}`) };
      },
    },
    hasBroker: true,
    outage,
    ...others,
  });
  return { deeds, done, clock, outage };
}

test('what changes the world holds from the next ms on, and is remembered with that time', () => {
  const { deeds, done } = prepare();
  const deed: LiveDeed = { do: 'consent', person: 2, isGiven: false };
  expect(deeds.do(deed)).toBe(START_MS + 1);
  expect(done).toEqual(['change consent']);
  expect(deeds.done).toEqual([{ deed, atMs: START_MS + 1, untilMs: undefined }]);
});

test('a fault is one deed with a beginning and an end, and what is so already stays so', () => {
  const { deeds, done, clock } = prepare();
  const off: LiveDeed = { do: 'unplug', station: 1, isOn: true };
  deeds.do(off);
  deeds.do(off);
  expect(deeds.isOn('unplug:1')).toBe(true);
  clock.nowMs += 5_000;
  deeds.do({ ...off, isOn: false });
  deeds.do({ ...off, isOn: false });
  expect(deeds.isOn('unplug:1')).toBe(false);
  expect(done).toEqual(['begin unplug', 'end unplug']);
  expect(deeds.done).toEqual([{ deed: off, atMs: START_MS, untilMs: START_MS + 5_000 }]);
});

test('faults of one kind at two stations, and of the storage, are ended each by itself', () => {
  const { deeds, done, outage } = prepare();
  for (const station of [0, 1]) deeds.do({ do: 'garble', station, isOn: true });
  deeds.do({ do: 'storage', isUp: false });
  expect(outage.isUp).toBe(false);
  deeds.do({ do: 'garble', station: 0, isOn: false });
  deeds.do({ do: 'storage', isUp: true });
  expect(outage.isUp).toBe(true);
  expect([deeds.isOn('garble:0'), deeds.isOn('garble:1')]).toEqual([false, true]);
  expect(done).toEqual(['begin wire', 'begin wire', 'end wire']);
});

test('when the world is over, faults are over, and lasted', () => {
  const { deeds, done, outage } = prepare();
  deeds.do({ do: 'broker', isUp: false });
  deeds.do({ do: 'storage', isUp: false });
  deeds.do({ do: 'swap', station: 0, with: 1 });
  deeds.end();
  expect(outage.isUp).toBe(true);
  expect(done).toEqual(['begin broker-down', 'begin swap-device', 'end broker-down']);
  expect(deeds.done.map(({ untilMs }) => untilMs)).toEqual([undefined, undefined, undefined]);
  expect(() => deeds.do({ do: 'skew', ms: 1 })).toThrow(
    expect.objectContaining({ code: 'DEED_REFUSED' }),
  );
});

test.each<[LiveDeed, RegExp]>([
  [{ do: 'consent', person: 3, isGiven: true }, /no person 3.*0 to 2/],
  [{ do: 'unplug', station: 3, isOn: true }, /Station 3 .*0 to 2/],
  [{ do: 'garble', station: -1, isOn: true }, /Station -1/],
  [{ do: 'swap', station: 0, with: 0 }, /with itself/],
  [{ do: 'swap', station: 0, with: 2 }, /no trainer at station 2/],
  [{ do: 'serials', pool: 4 }, /1 to 3 serial numbers/],
  [{ do: 'serials', pool: 0 }, /1 to 3 serial numbers/],
])('%j is refused, and leaves nothing', (deed, message) => {
  const { deeds, done } = prepare();
  expect(() => deeds.do(deed)).toThrow(
    expect.objectContaining({ code: 'DEED_REFUSED', message: expect.stringMatching(message) }),
  );
  expect(done).toEqual([]);
  expect(deeds.done).toEqual([]);
});

test('what is not ours is not taken away', () => {
  const { deeds } = prepare({ hasBroker: false, outage: undefined });
  for (const part of ['broker', 'storage'] as const) {
    expect(() => deeds.do({ do: part, isUp: false })).toThrow(`The ${part} is not ours`);
  }
});

test('a file takes a thousand changes of one kind: more are refused', () => {
  const { deeds } = prepare();
  for (let times = 0; times < 100; times++) deeds.do({ do: 'serials', pool: 1 + (times % 3) });
  expect(() => deeds.do({ do: 'serials', pool: 2 })).toThrow('100 times');
  for (let times = 0; times < 1_000; times++) deeds.do({ do: 'skew', ms: times });
  expect(() => deeds.do({ do: 'skew', ms: 1 })).toThrow('1000 times');
});
