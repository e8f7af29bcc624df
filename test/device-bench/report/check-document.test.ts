import { expect, it } from 'vitest';
import { countRules, toCheckDocument } from '../../../device-bench/report/check-document.ts';
import { RULE_IDS } from '../../../firmware-protocol/index.ts';
import { REPORT, SERIAL, SILENT, TARGET } from './sample-report.ts';

const DOCUMENT = toCheckDocument(REPORT, TARGET);

it('has the fields that programs rely on', () => {
  expect(DOCUMENT).toMatchObject({
    verdict: 'failed',
    level: 'L0',
    device: { serial: SERIAL, model: 'ST-1', firmware: '1.0.0' },
  });
  expect(DOCUMENT.rules.map(({ id }) => id)).toEqual(RULE_IDS);
  for (const { id, verdict, title, hint } of DOCUMENT.rules) {
    expect([id, verdict, title, hint].every((text) => text.length > 0)).toBe(true);
  }
});

it('says where and when a rule was broken, and what the twin said', () => {
  expect(DOCUMENT.rules.find(({ id }) => id === 'STL-FRAME-004')).toMatchObject({
    level: 'L1',
    chances: 40,
    violations: [
      { entry: 6, atMs: 255, message: 'The CRC is written 0d16, due is 0D16.' },
      { entry: 7, atMs: 275 },
    ],
    departure: {
      act: 'stream',
      entry: 6,
      atMs: 255,
      device: '$R,7F3A,1,441,181,0*0d16\\r\\n',
      twin: '$R,7F3A,1,441,181,0*0D16\\r\\n',
    },
  });
  expect(DOCUMENT.rules.find(({ id }) => id === 'STL-CMD-001')?.departure).toMatchObject({
    entry: null,
    atMs: null,
    device: null,
    twin: '=OK,,PING,*1234\\r\\n',
  });
});

it('shows what was sent and received around the first breach of a rule, and when', () => {
  const { excerpt } = DOCUMENT.rules.find(({ id }) => id === 'STL-FRAME-004') ?? {};
  expect(excerpt).toMatchObject({ act: 'stream', atMs: 255 });
  const shown = excerpt?.lines.map(({ kind, offsetMs, text }) => [kind, offsetMs, text]);
  expect(shown).toEqual([
    ['sent', -45, '@k1 START 50*1A2B\\r\\n'],
    ['received', -39.5, '=OK,k1,START,50*XXXX\\r\\n'],
    ['received', -20, '$R,7F3A,0,421,181,0*0D16\\r\\n'],
    ['received', 0, '$R,7F3A,1,441,181,0*0d16\\r\\n'],
    ['received', 20, expect.stringContaining('<script>')],
  ]);
  expect(excerpt?.lines.map(({ isSubject }) => isSubject).indexOf(true)).toBe(3);
  const withExcerpt = DOCUMENT.rules.filter((rule) => rule.excerpt !== undefined);
  expect(withExcerpt.map(({ id }) => id)).toEqual(
    DOCUMENT.rules.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id),
  );
});

it('says why a rule was not tested', () => {
  expect(DOCUMENT.rules.find(({ id }) => id === 'STL-SYNC-001')?.reason).toMatch(/SYNC/);
});

it('keeps every field when nothing is known', () => {
  expect(
    JSON.parse(JSON.stringify(toCheckDocument(SILENT, { ...TARGET, baudRate: undefined }))),
  ).toMatchObject({
    level: null,
    device: { serial: null, model: null, firmware: null },
    baud: null,
    stopped: 'The device sends nothing.',
    keptStreaming: null,
  });
});

it('counts', () => {
  expect(countRules(REPORT)).toEqual({ passed: RULE_IDS.length - 6, failed: 3, notTested: 3 });
});
