import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatFinding,
  formatLimit,
  formatMargin,
  formatMeasured,
  formatShare,
} from '../../../scenarios/report/quantities.ts';
import { sampleOracle } from './sample-run.ts';

const ratio = (measured: number, min: number) =>
  sampleOracle({ unit: 'ratio', measured, limit: { min } });
const rows = (measured: number, max: number) =>
  sampleOracle({ unit: 'rows', measured, limit: { max } });

describe('formatShare', () => {
  it.each([
    [0, 0, '0%'],
    [0, 9, '0%'],
    [9, 9, '100%'],
    [1, 2, '50.0%'],
    [12_119, 109_953, '11.0%'],
    [3, 109_953, '0.003%'],
    [109_952, 109_953, '99.999%'],
  ])('%d of %d: %s', (count, total, text) => expect(formatShare(count, total)).toBe(text));

  it('is never 0% for something, nor 100% for not everything', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (total, at) => {
          const count = 1 + Math.floor(at * (total - 2));
          const percent = Number(formatShare(count, total).slice(0, -1));
          expect(percent).toBeGreaterThan(0);
          expect(percent).toBeLessThan(100);
        },
      ),
    );
  });
});

describe('formatMeasured', () => {
  it.each([
    [rows(43_681, 0), '43,681 rows'],
    [rows(1, 0), '1 row'],
    [sampleOracle({ unit: 'ms', measured: 1, limit: { max: 5 } }), '1 ms'],
    [sampleOracle({ unit: 'ms', measured: 0.125, limit: { max: 5 } }), '0.13 ms'],
    [ratio(1, 0.95), '100%'],
    [ratio(0.93834, 0.99), '93.83%'],
    [ratio(0.07, 0.07), '7%'],
  ])('$measured $unit: %s', (oracle, text) => expect(formatMeasured(oracle)).toBe(text));

  it.each([
    [ratio(0.989_999, 0.99), '98.9999%'],
    [ratio(0.990_001, 0.99), '99.0001%'],
    [ratio(0.069_999_9, 0.07), '6.99999%'],
    [ratio(0.999_999, 0.99), '99.9999%'],
    [ratio(0.000_001, 0.99), '0.0001%'],
    [sampleOracle({ unit: 'ms', measured: 5.0001, limit: { max: 5 } }), '5.0001 ms'],
  ])('takes digits enough to tell $measured from its limit: %s', (oracle, text) =>
    expect(formatMeasured(oracle)).toBe(text),
  );
});

describe('formatLimit', () => {
  it.each([
    [{ max: 0 }, 'rows', '≤ 0 rows'],
    [{ max: 12_000 }, 'readings', '≤ 12,000 readings'],
    [{ min: 1 }, 'times', '≥ 1 time'],
    [{ min: 0.99 }, 'ratio', '≥ 99%'],
    [{ min: 0.999_95 }, 'ratio', '≥ 99.995%'],
    [{ max: 0.07 }, 'ratio', '≤ 7%'],
  ])('%o %s: %s', (limit, unit, text) => expect(formatLimit(limit, unit)).toBe(text));
});

describe('formatMargin', () => {
  it.each([
    [rows(2_700, 0), '−2,700'],
    [rows(3, 10), '+7'],
    [rows(0, 0), '0'],
    [ratio(1, 0.95), '+5 points'],
    [ratio(0.938_339, 0.99), '−5.17 points'],
    [ratio(0.989_999, 0.99), '−0.0001 points'],
    [ratio(0.99, 0.99), '0'],
  ])('$measured against its limit: %s', (oracle, text) => expect(formatMargin(oracle)).toBe(text));
});

describe('formatFinding', () => {
  it('names the limit, unless nothing at all is allowed', () => {
    expect(formatFinding(rows(2_700, 0))).toBe('2,700 rows');
    expect(formatFinding(rows(2_700, 1_000))).toBe('2,700 rows > 1,000');
    expect(formatFinding(ratio(0.9, 0.99))).toBe('90% < 99%');
  });

  it('does not give a number for what was not tested', () => {
    expect(formatFinding({ ...rows(0, 0), chances: 0 })).toBe('not tested');
  });
});
