import { describe, expect, it } from 'vitest';
import { BOOT, broken, chances, reading, stream } from './talk.ts';

const STREAMED = [BOOT, ...stream(100, 10, 100, 3)];
/** Two STOPs with the seq that they tell, and what comes in between. */
function stops(first: number, second: number, ...between: readonly string[]): readonly string[] {
  const again = ['900 > @2 STOP', `905 < =OK,2,STOP,${second}`, '2000 /end'];
  return [...STREAMED, '450 > @1 STOP', `455 < =OK,1,STOP,${first}`, ...between, ...again];
}

/** START once more at 450 ms, and how long the conversation goes on without a reading. */
function restart(untilMs: number, rateHz = 10): readonly string[] {
  const again = [`450 > @t START ${rateHz}`, `455 < =OK,t,START,${rateHz}`];
  return [...STREAMED, ...again, `${untilMs} /end`];
}

describe('the judge of repeated commands', () => {
  it('accepts a STOP that tells the same again', () => {
    expect(broken(...stops(3, 3))).toEqual([]);
    expect(chances('STL-CMD-008', ...stops(3, 3))).toBe(1);
  });

  it('finds a STOP that tells something else', () => {
    expect(broken(...stops(3, 4))).toContain('STL-CMD-008');
  });

  it('blames readings that came after STOP on that rule', () => {
    expect(broken(...stops(3, 4, reading(500, 3)))).toEqual(['STL-STREAM-003']);
  });

  it('waits three periods and 500 ms for a reading behind START once more', () => {
    expect(broken(...restart(1255))).toEqual([]);
    expect(broken(...restart(1256))).toEqual(['STL-CMD-008']);
  });

  it('leaves silence behind another rate to the rule of the rate', () => {
    expect(broken(...restart(1256, 20))).toEqual(['STL-STREAM-005']);
  });

  it('blames a stream that never showed a reading on the rate', () => {
    const never = [BOOT, ...stream(100, 10, 100, 0), '2000 > @t START 10', '2005 < =OK,t,START,10'];
    expect(broken(...never, '4000 /end')).toEqual(['STL-STREAM-002']);
  });

  it('has no chance where nothing was repeated', () => {
    expect(chances('STL-CMD-008', ...STREAMED)).toBe(0);
  });
});
