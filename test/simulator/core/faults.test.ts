import { describe, expect, it } from 'vitest';
import { isActive } from '../../../simulator/core/faults.ts';

describe('isActive', () => {
  it.each([
    [99.9, false],
    [100, true],
    [199.9, true],
    [200, false],
  ])('from its start to just before its end: at %d ms %s', (nowMs, active) => {
    expect(isActive({ atMs: 100, untilMs: 200 }, nowMs)).toBe(active);
  });
});
