import { describe, expect, it } from 'vitest';
import { judgeEach, judgement, ms, quote } from '../../../../device-bench/core/judges/judge.ts';

const items = Array.from({ length: 60 }, (_, entry) => ({ entry }));

describe('judgeEach', () => {
  it('takes each item for a chance, and what check says for a violation at its entry', () => {
    const odd = judgeEach(items.slice(0, 4), 'none', ({ entry }) =>
      entry === 2 ? 'odd' : undefined,
    );
    expect(odd).toEqual({ chances: 4, violations: [{ entry: 2, message: 'odd' }] });
  });

  it('keeps 50 violations and looks for no more', () => {
    let looked = 0;
    const { chances, violations } = judgeEach(items, 'none', () => `no ${++looked}`);
    expect([chances, violations.length, looked]).toEqual([60, 50, 50]);
  });

  it('gives the reason when there was no item', () => {
    expect(judgeEach([], 'nothing came', () => 'odd')).toEqual({
      chances: 0,
      violations: [],
      reason: 'nothing came',
    });
  });
});

describe('judgement', () => {
  it('has at least as many chances as violations', () => {
    const violations = [{ entry: 1, message: 'odd' }];
    expect(judgement(0, violations, 'none')).toEqual({ chances: 1, violations });
  });
});

it('writes ms with one decimal at most, and quotes bytes without their line end', () => {
  expect([ms(12), ms(0.25), ms(100.04)]).toEqual(['12 ms', '0.3 ms', '100 ms']);
  expect([quote('PING\r\n'), quote('a\rb\n')]).toEqual(['"PING"', '"a\rb"']);
});
