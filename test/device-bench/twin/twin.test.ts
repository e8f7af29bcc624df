import { describe, expect, it } from 'vitest';
import { runOnBoard } from '../../../device-bench/twin/run-on-board.ts';
import type { BoardUnderTest } from '../../../device-bench/twin/run-on-board.ts';
import { describeTwin, runTwin } from '../../../device-bench/twin/twin.ts';
import type { KitReport } from '../../../device-bench/index.ts';
import { seededStreams } from '../../../simulator/index.ts';

const SERIAL = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
const OTHER_MAKE: BoardUnderTest = {
  streams: seededStreams(3),
  baudRate: 115_200,
  serialNumber: SERIAL,
  product: { model: 'X-9', firmware: '2.1-b', maxRateHz: 120 },
  capabilities: ['SYNC', 'REBOOT', 'STEP', 'PPM900'],
  stepPeriodMs: 300,
};
const LOUD: BoardUnderTest['rework'] = ({ encode }) => ({
  encode: (line) => encode(line.kind === 'pong' ? { ...line, tag: 'loud' } : line),
});
const BYTE_MS = 10_000 / 115_200;

function check(board: BoardUnderTest): KitReport {
  return runOnBoard(board, { level: 'L2', seed: 'twin' });
}

describe('describeTwin', () => {
  it('takes over who the device is, what it can do and how fast its line is', () => {
    const twin = describeTwin(check(OTHER_MAKE), { level: 'L2', byteMs: BYTE_MS });
    const { streams: _streams, baudRate, ...said } = OTHER_MAKE;
    expect(twin).toMatchObject({ ...said, stepPeriodMs: expect.any(Number) as number });
    expect(twin.baudRate).toBeCloseTo(baudRate as number, 6);
  });

  it('does not take over what no device may say', () => {
    const report = check({
      ...OTHER_MAKE,
      serialNumber: SERIAL.toUpperCase(),
      product: { model: 'X 9 of 2020', firmware: '2.1', maxRateHz: 5_000 },
    });
    expect(describeTwin(report, { level: 'L2', byteMs: 0 })).toMatchObject({
      serialNumber: SERIAL,
      product: { model: 'ST-1', firmware: '1.0.0', maxRateHz: 200 },
    });
  });

  it('is the trainer of STEDI for a device that says nothing of itself', () => {
    const report = check({ streams: seededStreams(3), rework: () => ({ encode: () => '' }) });
    const { product, serialNumber, capabilities } = describeTwin(report, {
      level: 'L2',
      byteMs: 0,
    });
    expect(product).toEqual({ model: 'ST-1', firmware: '1.0.0', maxRateHz: 200 });
    expect([serialNumber, capabilities]).toEqual([undefined, undefined]);
  });
});

describe('runTwin', () => {
  it('gives a report back as it is when nothing failed', () => {
    const report = check(OTHER_MAKE);
    expect(report.verdict).toBe('passed');
    expect(runTwin(report, { level: 'L2', seed: 'twin', byteMs: BYTE_MS })).toBe(report);
  });

  it('shows for each failed rule, and for no other, what the twin said instead', () => {
    const report = check({ ...OTHER_MAKE, rework: LOUD });
    const compared = runTwin(report, { level: 'L2', seed: 'twin', byteMs: BYTE_MS });
    for (const { id, verdict, departure } of compared.rules) {
      expect([id, departure !== undefined]).toEqual([id, verdict === 'failed']);
    }
    const tags = compared.rules.find(({ id }) => id === 'STL-CMD-004');
    expect(tags?.departure?.expected).toMatch(/^=OK,a,PING,\*/);
    const { rules: _rules, ...rest } = compared;
    expect(report).toMatchObject(rest);
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('a defect');
      },
      'TypeError: a defect.',
    ],
    ['crashes', () => ({ ...check(OTHER_MAKE), crashed: 'The kit failed.' }), 'The kit failed.'],
  ])('gives the report without departures when the twin %s, and says so', (_, run, what) => {
    const report = check({ ...OTHER_MAKE, rework: LOUD });
    const compared = runTwin(report, { level: 'L2', seed: 'twin', byteMs: BYTE_MS }, run);
    const twinFailure = `There is no comparison with a virtual twin: ${what}`;
    expect(compared).toEqual({ ...report, twinFailure });
  });
});
