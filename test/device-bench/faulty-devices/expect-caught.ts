import { describe, expect, it } from 'vitest';
import { RULES } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { brokenRules, checkDevice } from './check-device.ts';
import type { FaultyDevice } from './rework.ts';

/** Rules that clocks and delays may break, which no line shows that is held against one of the twin. */
const UNSHOWN: ReadonlySet<RuleId> = new Set<RuleId>([
  'STL-BOOT-001',
  'STL-TICK-003',
  'STL-OVER-002',
  'STL-SYNC-002',
  'STL-SYNC-005',
]);

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
      const { departure } = result ?? {};
      const isShown = (departure?.entry ?? departure?.expected) !== undefined;
      const mayBeLeftOut = departure === undefined && UNSHOWN.has(rule);
      expect({ rule, departure, isRight: isShown || mayBeLeftOut }).toMatchObject({
        isRight: true,
      });
    });
  });
}
