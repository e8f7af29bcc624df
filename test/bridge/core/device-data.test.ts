import { describe, expect, it } from 'vitest';
import { addBurst } from '../../../bridge/core/clock-fit.ts';
import { takeReading, takeUnframed } from '../../../bridge/core/device-data.ts';
import type { ReadingOrigin } from '../../../bridge/core/device-data.ts';
import type { SessionEffect } from '../../../bridge/core/session-events.ts';
import type { Reading } from '../../../firmware-protocol/index.ts';

const SERIAL_NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
const LINE = 'the line as it came';
const identity = { boot: '7F3A', serialNumber: SERIAL_NUMBER };
// The device booted at 1,655,564,444,000; half a tick of uncertainty lies around that.
const clock = addBurst(
  undefined,
  [{ sentMs: 1_655_564_444_100.5, receivedMs: 1_655_564_444_100.5, rxTicks: 100, txTicks: 100 }],
  200,
);
const KNOWN: ReadingOrigin = { identity, clock };

const readingOf = (change: Partial<Reading>): Reading => ({
  kind: 'reading',
  boot: '7F3A',
  seq: 3,
  ticks: 421,
  distance: 181,
  flags: 0,
  ...change,
});
const landed: SessionEffect = {
  kind: 'land',
  record: {
    sensorReadingTime: 1_655_564_444_421,
    serialNumber: SERIAL_NUMBER,
    distanceFromObject: 181,
  },
  line: LINE,
};
const refused = (reason: string): unknown => ({ kind: 'quarantine', reason, line: LINE });

describe('takeReading', () => {
  it.each<[string, ReadingOrigin, Partial<Reading>, unknown]>([
    ['lands under the time and the serial number of its device', KNOWN, {}, landed],
    ['lands when it is late', KNOWN, { flags: 0b001 }, landed],
    ['lands when others were dropped before it', KNOWN, { flags: 0b100 }, landed],
    ['lands with flags that nobody knows', KNOWN, { flags: 0b1111_1000 }, landed],
    ['is refused out of range', KNOWN, { flags: 0b010 }, refused('distance-out-of-range')],
    ['is refused out of range and late', KNOWN, { flags: 0b011 }, refused('distance-out-of-range')],
    ['is refused from another boot', KNOWN, { boot: '7F3B' }, refused('boot-not-introduced')],
    [
      'is refused before anybody was introduced',
      { identity: undefined, clock },
      {},
      refused('boot-not-introduced'),
    ],
    [
      'is refused while its clock is not known',
      { identity, clock: undefined },
      {},
      refused('clock-not-fitted'),
    ],
  ])('a reading %s', (_what, origin, change, effect) => {
    expect(takeReading(origin, readingOf(change), LINE)).toEqual(effect);
  });
});

describe('takeUnframed', () => {
  const raw = `{"sensorReadingTime":1,"serialNumber":"a","distanceFromObject":2}`;
  it.each<[string, readonly unknown[]]>([
    ['', []],
    ['\r', []],
    [raw, [{ kind: 'land', record: JSON.parse(raw) as unknown, line: raw }]],
    [`${raw}\r`, [{ kind: 'land', record: JSON.parse(raw) as unknown, line: `${raw}\r` }]],
    // What a record must hold is not for the session to say.
    ['{}', [{ kind: 'land', record: {}, line: '{}' }]],
    [raw.slice(0, 40), [{ kind: 'quarantine', reason: 'not-json', line: raw.slice(0, 40) }]],
    ['{R,7F3A,0,421', [{ kind: 'quarantine', reason: 'not-json', line: '{R,7F3A,0,421' }]],
    ['\u00ff\u0000', [{ kind: 'quarantine', reason: 'garbled-line', line: '\u00ff\u0000' }]],
    [' ', [{ kind: 'quarantine', reason: 'garbled-line', line: ' ' }]],
    // A framed line whose class byte became # is refused as text, too.
    [
      '#R,7F3A,0,421,181,0*0D16',
      [{ kind: 'quarantine', reason: 'garbled-line', line: '#R,7F3A,0,421,181,0*0D16' }],
    ],
  ])('%j', (line, effects) => {
    expect(takeUnframed(line)).toEqual(effects);
  });
});
