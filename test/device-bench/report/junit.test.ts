import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KitReport } from '../../../device-bench/index.ts';
import { renderJunit } from '../../../device-bench/report/junit.ts';
import { RULE_IDS } from '../../../firmware-protocol/index.ts';
import { findAll, findOne, parsePage, rawText } from '../../presentation/parsed-page.ts';
import type { PageElement } from '../../presentation/parsed-page.ts';
import {
  findJunitFaults,
  LACKS_REPORT_SCHEMAS,
  NEEDS_REPORT_SCHEMAS,
} from '../../report-schemas.ts';
import { CLEAN, FAILED_IDS, REPORT, SERIAL, SILENT, TARGET } from './sample-report.ts';

/** The document, read strictly. The declaration may only stand at the beginning, so it is taken off first. */
function parse(report: KitReport): PageElement {
  const xml = renderJunit(report, TARGET);
  expect(xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/);
  return parsePage(xml.slice(xml.indexOf('\n') + 1));
}

describe('the JUnit report', () => {
  it('has one test case for each rule, in the order of the specification', () => {
    const cases = findAll(parse(REPORT), 'testcase').map(({ attributes }) => attributes);
    expect(cases.map(({ name = '' }) => name.split(' ')[0])).toEqual(RULE_IDS);
    expect(cases.find(({ name = '' }) => name.startsWith('STL-SEQ-002'))).toEqual({
      classname: 'STL-SEQ',
      name: 'STL-SEQ-002 seq wraps at 65535',
    });
  });

  it('counts what is in it', () => {
    const counts = { tests: '60', failures: '3', errors: '0', time: '3.200' };
    const root = parse(REPORT);
    expect(findOne(root, 'testsuites').attributes).toMatchObject(counts);
    expect(findOne(root, 'testsuite').attributes).toMatchObject({ ...counts, skipped: '3' });
    expect(findAll(root, 'failure')).toHaveLength(3);
    expect(findAll(root, 'skipped')).toHaveLength(3);
  });

  it('tells of a broken rule everything that a terminal would', () => {
    const failures = findAll(parse(REPORT), 'failure');
    expect(failures.map((failure) => rawText(failure).split(' ')[0])).toEqual(FAILED_IDS);
    expect(failures[0]?.attributes).toEqual({
      message: 'The CRC is written 0d16, due is 0D16.',
      type: 'L1',
    });
    const text = rawText(failures[0]);
    expect(text).toContain('>       0 ms received $R,7F3A,1,441,181,0*0d16\\r\\n');
    expect(text).toContain('  twin    $R,7F3A,1,441,181,0*0D16\\r\\n');
    expect(text).toContain('Hint: Use "%04X"');
  });

  it('tells why a rule was not tested', () => {
    const [skipped] = findAll(parse(REPORT), 'skipped');
    expect(rawText(skipped)).toBe('the device has no option <SYNC>');
  });

  it('tells which device was tested, and where', () => {
    const properties = findAll(parse(REPORT), 'property').map(({ attributes }) => [
      attributes['name'],
      attributes['value'],
    ]);
    expect(Object.fromEntries(properties)).toEqual({
      port: '/dev/ttyUSB0',
      baud: '57600',
      serial: SERIAL,
      model: 'ST-1',
      firmware: '1.0.0',
      asked: 'L3',
      level: 'L0',
    });
  });

  it('is red when the check did not reach its end, or left the device streaming', () => {
    expect(findAll(parse(CLEAN), 'error')).toEqual([]);
    const silent = parse(SILENT);
    expect(findOne(silent, 'testsuite').attributes).toMatchObject({ tests: '61', errors: '1' });
    expect(findOne(silent, 'error').attributes['message']).toBe('The device sends nothing.');
    const streaming = parse({ ...CLEAN, keptStreaming: 'It still sends.' });
    expect(findOne(streaming, 'error').attributes['message']).toBe('It still sends.');
  });

  it('is well-formed, and gives printable text back, whatever a device sends', () => {
    const latin1 = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(latin1, fc.string({ unit: 'binary' }), (bytes, words) => {
        const transcript = [{ kind: 'received', fromMs: 0, atMs: 1, bytes } as const];
        const rules = REPORT.rules.slice(0, 1).map((rule) => ({
          ...rule,
          verdict: 'failed' as const,
          violations: [{ entry: 0, message: words }],
        }));
        const device = { serial: bytes, model: words, firmware: undefined };
        const root = parse({ ...REPORT, transcript, rules, device, stopped: words });
        expect(findAll(root, 'testcase')).toHaveLength(2);
        const message = findOne(root, 'failure').attributes['message'] ?? '';
        const isPlain = /^[ -~]*$/.test(words);
        expect(isPlain ? message : words).toBe(words);
      }),
    );
  });
});

describe.skipIf(LACKS_REPORT_SCHEMAS)(`against the public schema ${NEEDS_REPORT_SCHEMAS}`, () => {
  it.each([
    ['broken', REPORT],
    ['clean', CLEAN],
    ['silent', SILENT],
  ])('the report is valid when the device is %s', async (_, report) => {
    expect(await findJunitFaults(renderJunit(report, TARGET))).toEqual([]);
  });
});
