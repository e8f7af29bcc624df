import { expect, it } from 'vitest';
import { RULE_IDS } from '../../../firmware-protocol/index.ts';
import { FAULTY_DEVICES } from './faulty-devices.ts';

it('each rule has a device that breaks it', () => {
  const broken = new Set(FAULTY_DEVICES.map(({ rule }) => rule));
  expect(RULE_IDS.filter((id) => !broken.has(id))).toEqual([]);
});

it('devices are many, and differ', () => {
  const names = FAULTY_DEVICES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});
