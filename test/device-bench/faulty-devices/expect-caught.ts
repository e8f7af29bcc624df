import { describe, expect, it } from 'vitest';
import { RULES } from '../../../firmware-protocol/index.ts';
import { brokenRules, checkDevice } from './check-device.ts';
import type { FaultyDevice } from './rework.ts';

/** Tests that each device is caught by the rule that is meant for it and by no other, with a departure and a hint. */
export function expectCaught(what: string, devices: readonly FaultyDevice[]): void {
  describe(`the kit and faults of ${what}`, () => {
    it.each(devices)('$rule catches: $name', (device) => {
      const { rule } = device;
      const report = checkDevice(device);
      expect(brokenRules(report)).toEqual([rule]);
      expect(report.verdict).toBe('failed');
      const result = report.rules.find(({ id }) => id === rule);
      expect(result?.violations.length).toBeGreaterThan(0);
      expect(result?.hint).toBe(RULES[rule].hint);
      expect(result?.departure?.act).toMatch(/./);
      const { entry, expected } = result?.departure ?? {};
      expect(entry ?? expected).toBeDefined();
    });
  });
}
