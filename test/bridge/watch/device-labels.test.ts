import { expect, test } from 'vitest';
import { DEVICES_MAX, DeviceLabels, OTHER_DEVICES } from '../../../bridge/watch/device-labels.ts';

test('labels are given to those who come first, and kept', () => {
  const labels = new DeviceLabels();
  const names = Array.from({ length: DEVICES_MAX + 1 }, (_, index) => `d${index}`);
  expect(names.map((name) => labels.of(name))).toEqual([...names.slice(0, -1), OTHER_DEVICES]);
  expect(labels.of('d0')).toBe('d0');
  expect(labels.of(`d${DEVICES_MAX}`)).toBe(OTHER_DEVICES);
});

test('values under one label are joined, others stay as they are', () => {
  const labels = new DeviceLabels();
  const gathered = labels.gather(
    [
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ],
    (first, second) => first + second,
  );
  expect([...gathered]).toEqual([
    ['a', 4],
    ['b', 2],
  ]);
});
