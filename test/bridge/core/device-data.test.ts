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
const KNOWN: ReadingOrigin = {
  identity,
  clock,
  clockSetMs: 0,
  order: undefined,
  started: true,
  rateHz: 50,
};
// The reading of ticks 421 is on the line for 5 ms.
const ARRIVED_MS = 1_655_564_444_426;

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
      { ...KNOWN, identity: undefined },
      {},
      refused('boot-not-introduced'),
    ],
    [
      'is refused while its clock is not known',
      { ...KNOWN, clock: undefined },
      {},
      refused('clock-not-fitted'),
    ],
  ])('a reading %s', (_what, origin, change, effect) => {
    const arrived = { reading: readingOf(change), line: LINE, atMs: ARRIVED_MS };
    expect(takeReading(origin, arrived).effect).toEqual(effect);
  });

  const take = (origin: ReadingOrigin, change: Partial<Reading>, atMs = ARRIVED_MS) =>
    takeReading(origin, { reading: readingOf(change), line: LINE, atMs });
  /** The same device after it sent the reading above. */
  const after: ReadingOrigin = { ...KNOWN, order: take(KNOWN, {}).order };

  it.each<[string, Partial<Reading>, unknown]>([
    ['the next one lands', { seq: 4, ticks: 441 }, { kind: 'land' }],
    ['the same again is a doubled line', {}, refused('repeated-reading')],
    ['one from before is refused', { seq: 2, ticks: 401 }, refused('implausible-reading')],
    ['a seq that jumps is refused', { seq: 104, ticks: 441 }, refused('implausible-reading')],
    ['a time to come is refused', { seq: 4, ticks: 1_441 }, refused('implausible-reading')],
    ['one of another boot is none of it', { boot: '7F3B' }, refused('boot-not-introduced')],
  ])('after a reading: %s', (_what, change, effect) => {
    expect(take(after, change).effect).toMatchObject(effect as object);
  });

  it('remembers a reading whatever becomes of it, unless its boot was not introduced', () => {
    const marks = [{}, { flags: 0b010 }].map((change) => take(KNOWN, change).order);
    expect(marks).toMatchObject([{ last: { seq: 3 } }, { last: { seq: 3 } }]);
    expect(take({ ...KNOWN, clock: undefined }, {}).order).toMatchObject({ last: { seq: 3 } });
    expect(take(after, { boot: '7F3B' }).order).toBe(after.order);
  });

  it('believes a device that was not started by us at any rate that devices have', () => {
    const change = { seq: 23, ticks: 441 };
    expect(take({ ...after, started: false }, change).effect).toMatchObject({ kind: 'land' });
    expect(take(after, change).effect).toEqual(refused('implausible-reading'));
  });

  it('allows for what the clock fit may be wrong', () => {
    const vague = addBurst(
      undefined,
      [{ sentMs: 1_655_564_444_100, receivedMs: 1_655_564_448_100, rxTicks: 100, txTicks: 100 }],
      200,
    );
    // Its time may lie two seconds later than the fit says.
    expect(take({ ...KNOWN, clock: vague }, {}).effect).toMatchObject({ kind: 'land' });
  });

  it('knows no future of a clock that contradicts itself', () => {
    const exchange = { rxTicks: 100, txTicks: 100 };
    const lying = addBurst(
      undefined,
      [
        { ...exchange, sentMs: 1_655_564_444_100, receivedMs: 1_655_564_444_101 },
        { ...exchange, sentMs: 1_655_564_454_100, receivedMs: 1_655_564_454_101 },
      ],
      200,
    );
    expect(take({ ...KNOWN, clock: lying }, {}).effect).toMatchObject({ kind: 'land' });
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
    // Cut to 512 bytes by the guard in front, with blanks at the place of the cut.
    [
      `{"a":1}${' '.repeat(505)}`,
      [{ kind: 'quarantine', reason: 'line-cut-off', line: `{"a":1}${' '.repeat(505)}` }],
    ],
    [
      `{"a":1}${' '.repeat(504)}`,
      [{ kind: 'land', record: { a: 1 }, line: `{"a":1}${' '.repeat(504)}` }],
    ],
  ])('%j', (line, effects) => {
    expect(takeUnframed(line)).toEqual(effects);
  });
});
