import { describe, expect, it } from 'vitest';
import { judgeRate, judgeRateChange } from '../../../../device-bench/core/judges/rate.ts';
import { BOOT, broken, reading, stream, talk } from './talk.ts';

/** A stream of 10 Hz whose readings come at another rate for 20 s, where the host's 100 ms are 0.5 %. */
function at(hz: number): readonly string[] {
  return stream(100, 10, 1000 / hz, 20 * Math.ceil(hz));
}

describe('judgeRate', () => {
  it.each([
    [10, []],
    [10.49, []],
    [9.51, []],
    [10.6, ['STL-STREAM-002']],
    [9.4, ['STL-STREAM-002']],
  ])('judges %d Hz where 10 Hz are due', (hz, due) => {
    expect(broken(BOOT, ...at(hz))).toEqual(due);
  });

  it('counts readings that were dropped and flagged', () => {
    const [start, ok, ...readings] = at(10);
    const kept = readings.filter((_, index) => index % 3 !== 1);
    const flagged = kept.map((line, index) => (index % 2 === 1 ? line.replace(/0$/, '4') : line));
    expect(broken(BOOT, start ?? '', ok ?? '', ...flagged)).toEqual([]);
    expect(broken(BOOT, start ?? '', ok ?? '', ...kept)).toEqual(['STL-SEQ-004']);
  });

  it('judges the rate by seq where all that is missing is flagged, whatever the ticks say', () => {
    const caught = (flags: number) => {
      // Every third reading is dropped, and the ticks stand still meanwhile.
      const lines = Array.from({ length: 90 }, (_, index) => index)
        .filter((seq) => seq % 3 !== 1)
        .map((seq, index) => reading(205 + seq * 100, seq, 205 + index, seq % 3 === 2 ? flags : 0));
      return judgeRate(talk(BOOT, '100 > @s START 10', '105 < =OK,s,START,10', ...lines));
    };
    expect(caught(4).violations).toEqual([]);
    expect(caught(0).violations.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Readings came at .* By seq 30 are missing, none of them flagged as dropped\.$/,
      ),
    ]);
  });

  it('says how many of those that are missing are flagged when the rate is wrong all the same', () => {
    const [start, ok, ...readings] = at(8);
    const kept = readings.filter((_, index) => index % 4 !== 1);
    const all = kept.map((line, index) => (index % 3 === 1 ? line.replace(/0$/, '4') : line));
    const [violation] = judgeRate(talk(BOOT, start ?? '', ok ?? '', ...all)).violations;
    expect(violation?.message).toMatch(
      /at 8\.\d\d Hz .* By seq 40 are missing, all of them flagged/,
    );
  });

  it('takes three readings to measure, and three periods and 500 ms to miss one', () => {
    const count = (...lines: readonly string[]) => judgeRate(talk(BOOT, ...lines)).chances;
    expect([count(...stream(100, 10, 100, 2)), count(...stream(100, 10, 100, 3))]).toEqual([0, 1]);
    expect(count(...stream(100, 10, 100, 0), '905 /end')).toBe(0);
    const silent = judgeRate(talk(BOOT, ...stream(100, 10, 100, 0), '906 /end'));
    expect(silent.violations).toEqual([
      { entry: 1, message: 'No reading came, 10 Hz were asked for.' },
    ]);
  });

  it('does not apply to a device that reports steps', () => {
    const caps = ['50 > @0 CAPS?', '55 < =CAPS,0,R200,STEP'];
    const conversation = talk(BOOT, ...caps, ...at(1));
    for (const judge of [judgeRate, judgeRateChange]) {
      expect(judge(conversation)).toMatchObject({
        chances: 0,
        reason: 'the device sends a reading for each step (option STEP)',
      });
    }
  });

  it('leaves a stream in which something was refused to the rule of errors', () => {
    const refused = ['9000 > @x JUMP', '9001 < =ERR,x,3'];
    const sorted = [...at(9), ...refused].toSorted((one, other) => parseInt(one) - parseInt(other));
    expect(judgeRate(talk(BOOT, ...sorted)).chances).toBe(0);
  });

  it('measures an overload by ticks, not by the arrival of what was queued', () => {
    const late = [150, 500, 850, 1200].map((atMs, index) =>
      reading(atMs, index, 150 + 100 * index),
    );
    const load = (...lines: readonly string[]) => [
      '50 /overload',
      ...stream(100, 10, 100, 0),
      ...lines,
    ];
    expect(judgeRate(talk(BOOT, ...load(...late)))).toMatchObject({ chances: 1, violations: [] });
    const slow = [150, 350, 550, 750].map((atMs, index) => reading(atMs, index));
    expect(judgeRate(talk(BOOT, ...load(...slow))).violations).toHaveLength(1);
    const skipping = [150, 350, 550, 750].map((atMs, index) => reading(atMs, 3 * index));
    expect(judgeRate(talk(BOOT, ...load(...skipping))).chances).toBe(0);
  });
});

describe('judgeRateChange', () => {
  /** A change from 10 Hz to 20 Hz, after which readings come with another period. */
  const change = (periodMs: number): readonly string[] => {
    const readings = Array.from({ length: 40 }, (_, index) =>
      reading(420 + (index + 1) * periodMs, 3 + index),
    );
    return [...stream(100, 10, 100, 3), '410 > @2 START 20', '415 < =OK,2,START,20', ...readings];
  };

  it.each([
    [50, []],
    [62, []],
    [70, ['STL-STREAM-005']],
    [100, ['STL-STREAM-005']],
    [36, ['STL-STREAM-005']],
  ])('finds a period of %d ms near 20 Hz, or not', (periodMs, due) => {
    expect(broken(BOOT, ...change(periodMs))).toEqual(due);
  });

  it('blames a refusal once, and has no chance when the rate stays', () => {
    const refused = ['410 > @2 START 20', '415 < =ERR,2,4'];
    expect(broken(BOOT, ...stream(100, 10, 100, 3), ...refused)).toEqual(['STL-STREAM-005']);
    const same = talk(
      BOOT,
      ...stream(100, 10, 100, 3),
      '410 > @2 START 10',
      '415 < =OK,2,START,10',
    );
    expect(judgeRateChange(same)).toMatchObject({
      chances: 0,
      reason: 'the rate was not changed while the device streamed',
    });
  });
});
