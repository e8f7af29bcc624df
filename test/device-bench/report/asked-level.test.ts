import { expect, it } from 'vitest';
import { findShortfall } from '../../../device-bench/report/asked-level.ts';
import type { KitReport } from '../../../device-bench/index.ts';
import { RULES } from '../../../firmware-protocol/index.ts';
import { renderJunit } from '../../../device-bench/report/junit.ts';
import { toCheckDocument } from '../../../device-bench/report/check-document.ts';
import { CLEAN, REPORT, SILENT, TARGET } from './sample-report.ts';

const DEMANDED = { level: 'L3', isLevelDemanded: true } as const;
const CLAIMED = { level: 'L3', isLevelDemanded: false } as const;

/** A device that sends bare records and keeps their rules. */
const RAW: KitReport = {
  ...CLEAN,
  level: 'L0',
  rules: CLEAN.rules.map((rule) =>
    RULES[rule.id].level === 'L0'
      ? rule
      : { ...rule, verdict: 'not-tested', chances: 0, reason: 'the device sends bare records' },
  ),
};
const WORDS = 'Level L3 was asked for and L0 reached: the device sends bare records.';

it('tells why a demanded level was not reached', () => {
  expect(findShortfall(RAW, DEMANDED)).toBe(WORDS);
  expect(findShortfall(RAW, { level: 'L0', isLevelDemanded: true })).toBeUndefined();
  expect(findShortfall(CLEAN, DEMANDED)).toBeUndefined();
});

it('is content with the level that a device claims when none is demanded, but not with none', () => {
  expect(findShortfall(RAW, CLAIMED)).toBeUndefined();
  expect(findShortfall({ ...RAW, level: undefined }, CLAIMED)).toMatch(/none reached/);
});

it('leaves a check that failed or was not finished to the other reasons', () => {
  expect(findShortfall(REPORT, DEMANDED)).toBeUndefined();
  expect(findShortfall(SILENT, DEMANDED)).toBeUndefined();
});

it('is an error in JUnit, and a failure in the document', () => {
  expect(renderJunit(RAW, TARGET)).toContain(`<error message="${WORDS}" type="check"/>`);
  expect(renderJunit(RAW, { ...TARGET, isLevelDemanded: false })).toContain('errors="0"');
  expect(toCheckDocument(RAW, TARGET)).toMatchObject({ verdict: 'failed', shortfall: WORDS });
  expect(toCheckDocument(CLEAN, TARGET)).toMatchObject({ verdict: 'passed', shortfall: null });
});
