import { describe, expect, it } from 'vitest';
import { renderCheckPage } from '../../../device-bench/report/check-page.ts';
import { formatCheck } from '../../../device-bench/report/check-summary.ts';
import {
  describeCheck,
  describeCounts,
  describeDevice,
  describeLevel,
  describeStalls,
  describeTarget,
  isClean,
} from '../../../device-bench/report/verdict-words.ts';
import { CLEAN, REPORT, SERIAL, SILENT, TARGET } from './sample-report.ts';

describe('the verdict', () => {
  it('names the device and what it breaks', () => {
    expect(describeCheck(REPORT, TARGET)).toBe('ST-1 1f3a0000 breaks 3 rules of STL/1.');
  });

  it('names the level that was kept', () => {
    expect(describeCheck(CLEAN, TARGET)).toMatch(/keeps STL\/1 at level L3: 60 rules passed\.$/);
  });

  it('is no pass when the check could not be finished, or the device goes on streaming', () => {
    expect(describeCheck(SILENT, TARGET)).toBe('The check could not be finished.');
    const streaming = { ...CLEAN, keptStreaming: 'It still sends.' };
    expect(describeCheck(streaming, TARGET)).toBe('ST-1 1f3a0000 does not keep STL/1.');
    expect([CLEAN, REPORT, SILENT, streaming].map((report) => isClean(report, TARGET))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('blames no device for a check that failed itself', () => {
    const sentence = 'The check itself failed, which is a defect of STEDI and not of the device.';
    for (const report of [CLEAN, REPORT]) {
      const crashed = { ...report, crashed: 'The kit failed.' };
      expect(describeCheck(crashed, TARGET)).toBe(sentence);
      expect(isClean(crashed, TARGET)).toBe(false);
    }
  });

  it('is no pass below the level that was demanded, and one at the level that is claimed', () => {
    const lower = { ...CLEAN, level: 'L2' as const };
    expect(describeCheck(lower, TARGET)).toBe(
      'ST-1 1f3a0000 falls short. Level L3 was asked for and L2 reached: nothing of it could be tested.',
    );
    expect(isClean(lower, TARGET)).toBe(false);
    const claimed = { ...TARGET, isLevelDemanded: false };
    expect(describeCheck(lower, claimed)).toBe(
      'ST-1 1f3a0000 keeps STL/1 at level L2, the highest that it claims: 60 rules passed.',
    );
    expect(describeLevel(lower, claimed)).toBe(
      'L2 reached: the device claims no more, and --level L3 would demand it',
    );
    expect(isClean(lower, claimed)).toBe(true);
  });

  it('names a device that did not say who it is', () => {
    const nameless = { ...REPORT, device: SILENT.device };
    expect(describeCheck(nameless, TARGET)).toMatch(/^The device breaks 3 rules/);
  });
});

it('tells the level and the counts', () => {
  expect(describeLevel(REPORT, TARGET)).toBe('L0 reached, L3 asked for');
  expect(describeLevel(CLEAN, TARGET)).toBe('L3 reached');
  expect(describeLevel(SILENT, TARGET)).toMatch(/^none reached,/);
  expect(describeLevel(SILENT, { ...TARGET, isLevelDemanded: false })).toBe('none reached');
  expect(describeCounts(REPORT)).toBe('54 passed, 3 failed, 3 not tested');
});

it('tells who was tested, as far as it is known', () => {
  expect(describeDevice(REPORT)).toBe(`ST-1 ${SERIAL} (firmware 1.0.0)`);
  expect(describeDevice(SILENT)).toBe('device without a serial number');
});

it('tells where it was tested', () => {
  expect(describeTarget(TARGET)).toBe('/dev/ttyUSB0 at 57600 baud');
  expect(describeTarget({ ...TARGET, port: 'emulator:x.hex', baudRate: undefined })).toBe(
    'emulator:x.hex',
  );
});

it('doubts rules about time, and no others, when this computer was late itself', () => {
  const stalls = { count: 2, longestMs: 340.4 };
  const failing = (id: string) => ({
    ...CLEAN,
    stalls,
    rules: CLEAN.rules.map((rule) =>
      rule.id === id ? { ...rule, verdict: 'failed' as const } : rule,
    ),
  });
  expect(describeStalls(failing('STL-STREAM-002'))).toBe(
    'This computer was itself late by up to 340 ms while it tested; run again on an idle machine before you believe rules about time.',
  );
  expect(describeStalls(failing('STL-FRAME-003'))).toBeUndefined();
  const { stalls: _, ...prompt } = failing('STL-STREAM-002');
  expect(describeStalls(prompt)).toBeUndefined();
  expect(formatCheck(failing('STL-CMD-003'), TARGET, { color: false, width: 400 })).toMatch(
    /Doubt +This computer/,
  );
  expect(renderCheckPage(failing('STL-CMD-003'), TARGET)).toMatch(/This computer was itself late/);
});
