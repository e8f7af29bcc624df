import { describe, expect, it } from 'vitest';
import { faultsOfPhone, faultsOfStation, isActive } from '../../../simulator/core/faults.ts';

import type { Fault } from '../../../simulator/core/faults.ts';

const span = { atMs: 0, untilMs: 1 };

describe('faultsOfStation', () => {
  it('are those that it has to ask, of its own', () => {
    const faults: Fault[] = [
      { kind: 'chunks', size: 64, station: 1, ...span },
      { kind: 'wire', damage: 'drop', from: 'device', rate: 1, station: 1, ...span },
      { kind: 'wire', damage: 'drop', from: 'device', rate: 1, station: 2, ...span },
      { kind: 'counter-wrap', seq: 1, ticks: 2, station: 1, ...span },
      { kind: 'brown-out', station: 1, atMs: 0 },
      { kind: 'unplug', station: 1, ...span },
      { kind: 'broker-down', ...span },
    ];
    expect(faultsOfStation(faults, 1)).toEqual([faults[0], faults[1], faults[3]]);
    expect(faultsOfStation(faults, 0)).toEqual([]);
  });
});

describe('faultsOfPhone', () => {
  it('are those that it has to ask, of its own and of all', () => {
    const faults: Fault[] = [
      { kind: 'duplicate', person: 1, rate: 1, ...span },
      { kind: 'message', what: 'late', person: undefined, rate: 1, byMs: 5, ...span },
      { kind: 'offline', person: 2, ...span },
      { kind: 'broker-down', ...span },
      { kind: 'bridge-killed', ...span },
      { kind: 'unplug', station: 1, ...span },
    ];
    expect(faultsOfPhone(faults, 1)).toEqual([faults[0], faults[1]]);
    expect(faultsOfPhone(faults, 2)).toEqual([faults[1], faults[2]]);
  });
});

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
