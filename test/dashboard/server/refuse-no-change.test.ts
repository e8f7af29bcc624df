import { describe, expect, test } from 'vitest';
import type { Deed } from '../../../dashboard/api.ts';
import { refuseNoChange } from '../../../dashboard/server/refuse-no-change.ts';
import type { ChangedRun } from '../../../dashboard/server/refuse-no-change.ts';

const CAST = { people: ['Ana', 'Ben'], ports: ['ttySTEDI0', 'ttySTEDI1'] };

function runOf(faults: readonly string[], isPaused: boolean): ChangedRun {
  const phone = { isConnected: true, isStreaming: true, samples: 0, clockOffMs: 0 };
  return {
    phones: [
      { ...phone, person: 0, isConsenting: true },
      { ...phone, person: 1, isConsenting: false },
    ],
    isOn: (fault) => faults.includes(fault),
    isPaused,
  };
}

const CALM = runOf([], false);
const ROUGH = runOf(['broker', 'storage', 'unplug:1', 'garble:0'], true);

const IN_CALM: readonly (readonly [Deed, string])[] = [
  [{ do: 'broker', isUp: true }, 'The broker was not taken down here.'],
  [{ do: 'storage', isUp: true }, 'S3 was not taken down here.'],
  [{ do: 'unplug', station: 1, isOn: false }, 'The trainer on ttySTEDI1 was not unplugged here.'],
  [{ do: 'garble', station: 0, isOn: false }, 'The line of ttySTEDI0 does not garble.'],
  [{ do: 'pause', isOn: false }, 'Time goes on already.'],
  [{ do: 'consent', person: 0, isGiven: true }, 'Ana shares data for research already.'],
  [{ do: 'consent', person: 1, isGiven: false }, 'Ben shares no data for research.'],
];
const IN_ROUGH: readonly (readonly [Deed, string])[] = [
  [{ do: 'broker', isUp: false }, 'The broker is down already.'],
  [{ do: 'storage', isUp: false }, 'S3 is down already.'],
  [{ do: 'unplug', station: 1, isOn: true }, 'The trainer on ttySTEDI1 is unplugged already.'],
  [{ do: 'garble', station: 0, isOn: true }, 'The line of ttySTEDI0 garbles already.'],
  [{ do: 'pause', isOn: true }, 'Time stands still already.'],
];

describe('a deed that would change nothing', () => {
  test.each(IN_CALM)('is refused as long as nothing was done: %j', (deed, message) => {
    expect(() => refuseNoChange(deed, CALM, CAST)).toThrow(
      expect.objectContaining({ code: 'DEED_REFUSED', message }) as Error,
    );
  });

  test.each(IN_ROUGH)('is refused the second time: %j', (deed, message) => {
    expect(() => refuseNoChange(deed, ROUGH, CAST)).toThrow(
      expect.objectContaining({ code: 'DEED_REFUSED', message }) as Error,
    );
  });
});

describe('a deed that changes something', () => {
  const others: readonly Deed[] = IN_CALM.slice(0, 5).map(([deed]) => deed);

  test.each(others)('passes: %j', (deed) => {
    expect(() => refuseNoChange(deed, ROUGH, CAST)).not.toThrow();
  });

  test.each<Deed>([
    { do: 'unplug', station: 9, isOn: false },
    { do: 'consent', person: 9, isGiven: true },
    { do: 'skew', ms: 0 },
    { do: 'swap', station: 0, with: 1 },
  ])('or is of what the run alone knows passes: %j', (deed) => {
    expect(() => refuseNoChange(deed, CALM, CAST)).not.toThrow();
  });
});
