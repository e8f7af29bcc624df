import { expect, it } from 'vitest';
import { ATTRIBUTION_SETTINGS } from '../../../pipeline/core/attribution-settings.ts';
import { AUDIT_SETTINGS } from '../../../pipeline/core/audit-settings.ts';

it('has limits that leave room for what is possible', () => {
  const { time_min_ms, time_max_ms, acceleration_max, distance_max } = AUDIT_SETTINGS;
  expect(time_min_ms).toBe(Date.UTC(2000, 0));
  expect(time_max_ms).toBe(Date.UTC(2100, 0));
  expect(acceleration_max).toBeGreaterThan(16 * 9.81);
  expect(distance_max).toBeGreaterThan(300);
});

it('has no name in common with attribution: texts of SQL name both', () => {
  const names = Object.keys(ATTRIBUTION_SETTINGS);
  expect(Object.keys(AUDIT_SETTINGS).filter((name) => names.includes(name))).toEqual([]);
});
