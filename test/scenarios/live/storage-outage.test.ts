import { expect, test } from 'vitest';
import { StorageOutage } from '../../../scenarios/live/storage-outage.ts';

function prepare() {
  const struck: string[] = [];
  return { struck, outage: new StorageOutage((occurrence) => struck.push(occurrence)) };
}

const PUT = { operation: 'PutObject' };

test('while it is away nothing is stored, and what is there can be read', () => {
  const { struck, outage } = prepare();
  expect(outage.strike(PUT)).toBeUndefined();
  const bringBack = outage.takeAway();
  expect(outage.isUp).toBe(false);
  expect(outage.strike(PUT)).toEqual({ kind: 'reset-before' });
  expect(outage.strike({ operation: 'HeadBucket' })).toEqual({ kind: 'reset-before' });
  for (const operation of ['GetObject', 'ListObjectsV2', 'HeadObject']) {
    expect(outage.strike({ operation })).toBeUndefined();
  }
  expect(struck).toEqual(['storage-down']);
  bringBack();
  expect(outage.isUp).toBe(true);
  expect(outage.strike(PUT)).toBeUndefined();
});

test('who took it away twice brings it back twice, and once more changes nothing', () => {
  const { outage } = prepare();
  const [first, second] = [outage.takeAway(), outage.takeAway()];
  first();
  first();
  expect(outage.isUp).toBe(false);
  second();
  expect(outage.isUp).toBe(true);
});

test('while it is slow it takes the longest of the times for every object', () => {
  const { struck, outage } = prepare();
  const ends = [300, 700, 300].map((delayMs) => outage.slowDown(delayMs));
  expect(outage.isUp).toBe(true);
  expect(outage.strike(PUT)).toEqual({ kind: 'delay', delayMs: 700 });
  expect(outage.strike({ operation: 'GetObject' })).toBeUndefined();
  ends[1]?.();
  expect(outage.strike(PUT)).toEqual({ kind: 'delay', delayMs: 300 });
  ends[0]?.();
  expect(outage.strike(PUT)).toEqual({ kind: 'delay', delayMs: 300 });
  ends[2]?.();
  expect(outage.strike(PUT)).toBeUndefined();
  expect(struck).toEqual(['storage-slow', 'storage-slow', 'storage-slow']);
});
