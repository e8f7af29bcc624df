import { describe, expect, it } from 'vitest';
import { runOnBoard } from '../../../device-bench/twin/run-on-board.ts';
import { LEVELS } from '../../../firmware-protocol/index.ts';
import { seededStreams } from '../../../simulator/index.ts';

describe('runOnBoard', () => {
  it.each(LEVELS)('tests a healthy board up to %s', (level) => {
    const report = runOnBoard({ streams: seededStreams(7) }, { level });
    expect(report.rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    expect(report).toMatchObject({ verdict: 'passed', device: { model: 'ST-1' } });
  });

  it('says the same twice, and something else under another seed', () => {
    const run = (seed: string): string =>
      JSON.stringify(runOnBoard({ streams: seededStreams(7) }, { level: 'L2', seed }).transcript);
    expect(run('one')).toBe(run('one'));
    expect(run('one')).not.toBe(run('two'));
  });

  it('leaves the reset line alone where there is none', () => {
    const resets = (canReset: boolean): number =>
      runOnBoard({ streams: seededStreams(7) }, { level: 'L2', canReset }).transcript.filter(
        ({ kind }) => kind === 'reset',
      ).length;
    expect(resets(false)).toBe(0);
    expect(resets(true)).toBeGreaterThan(0);
  });

  it('ends with a board that says nothing', () => {
    const report = runOnBoard(
      { streams: seededStreams(7), rework: () => ({ encode: () => '' }) },
      { level: 'L3' },
    );
    expect(report.verdict).toBe('failed');
    expect(report.stopped).toMatch(/sends nothing/);
  });
});
