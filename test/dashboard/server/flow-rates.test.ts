import { expect, test } from 'vitest';
import { FlowRates } from '../../../dashboard/server/flow-rates.ts';
import type { FlowCounts } from '../../../scenarios/index.ts';

function counts(amount: number): FlowCounts {
  return {
    serial: { bytes: 10 * amount, lines: amount },
    mqtt: { messages: amount, samples: 25 * amount, isUp: true },
    bridge: { records: amount, quarantined: 3 },
    spool: { rows: amount, waitingRows: 7, bytes: 70 },
    s3: { objects: 2, rows: amount, bytes: amount, isUp: false },
  };
}

test('nothing has a rate at the first look', () => {
  const flow = new FlowRates().at(0, counts(500));
  expect(flow.serial).toEqual({ perSecond: 0, total: 500, bytesPerSecond: 0 });
  expect(flow.s3).toMatchObject({ isUp: false, objects: 2 });
});

test('rates are those of the last three seconds, per second', () => {
  const rates = new FlowRates();
  for (let second = 0; second <= 10; second++) rates.at(second * 1_000, counts(second * 100));
  const flow = rates.at(11_000, counts(1_100));
  expect(flow.serial).toEqual({ perSecond: 100, total: 1_100, bytesPerSecond: 1_000 });
  expect(flow.mqtt).toMatchObject({ perSecond: 100, samplesPerSecond: 2_500 });
  expect(flow.spool).toEqual({ perSecond: 100, total: 1_100, waitingRows: 7, bytes: 70 });
});

test('what has stopped has no rate after three seconds', () => {
  const rates = new FlowRates();
  for (let ms = 0; ms <= 2_000; ms += 250) rates.at(ms, counts(ms));
  for (let ms = 2_250; ms < 5_250; ms += 250) rates.at(ms, counts(2_000));
  expect(rates.at(5_250, counts(2_000)).bridge.perSecond).toBe(0);
});

test('many looks at once change nothing', () => {
  const rates = new FlowRates();
  rates.at(0, counts(0));
  for (let look = 0; look < 50; look++) rates.at(1_000, counts(100));
  expect(rates.at(1_000, counts(100)).serial.perSecond).toBe(100);
});
