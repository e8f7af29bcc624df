import { describe, expect, it } from 'vitest';
import { RULES } from '../../../firmware-protocol/index.ts';
import { brokenRules, checkDevice } from './check-device.ts';
import { FAULTY_DEVICES } from './faulty-devices.ts';

describe('the kit and devices with one fault each', () => {
  it.each(FAULTY_DEVICES)('$rule catches: $name', (device) => {
    const { rule, alsoBroken = [] } = device;
    const report = checkDevice(device);
    const due = [rule, ...alsoBroken.map((also) => also.rule)];
    expect([...brokenRules(report)].toSorted()).toEqual(due.toSorted());
    expect(report.verdict).toBe('failed');
    const result = report.rules.find(({ id }) => id === rule);
    expect(result?.violations.length).toBeGreaterThan(0);
    expect(result?.hint).toBe(RULES[rule].hint);
    expect(result?.departure).toMatchObject({ act: expect.stringMatching(/./) as string });
  });

  it('are many, and differ', () => {
    const names = FAULTY_DEVICES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(34);
  });
});
