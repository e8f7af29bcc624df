/** The committed firmware passes the conformance kit in the emulator, twice in the same way. */
import { expect, test } from 'vitest';
import { REFERENCE_HEX } from './hex-file.ts';
import { breachesOf, checkFirmware } from './kit-on-firmware.ts';

/** What the firmware gives no chance to break: it sends frames, and no text in between. */
const WITHOUT_CHANCE = ['STL-RAW-001', 'STL-RAW-002', 'STL-FRAME-009'];

test('the firmware passes the kit at level 3, and a second run is the same to the cycle', () => {
  const first = checkFirmware(REFERENCE_HEX);
  expect(breachesOf(first.report)).toEqual([]);
  expect(first.report).toMatchObject({ verdict: 'passed', level: 'L3' });
  expect(first.report.stopped).toBeUndefined();
  const untested = first.report.rules.filter(({ verdict }) => verdict === 'not-tested');
  expect(untested.map(({ id }) => id)).toEqual(WITHOUT_CHANCE);

  const second = checkFirmware(REFERENCE_HEX);
  expect(second.cycles).toBe(first.cycles);
  expect(second.report.transcript).toEqual(first.report.transcript);
}, 120_000);
