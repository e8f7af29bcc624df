import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WallTime } from '../../../simulator/live/wall-time.ts';

const START_MS = 1_655_564_400_000;
const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  // In this order: a spy on a false timer that is restored later would bring the false timer back.
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('WallTime', () => {
  it.each([
    [1, 1_000, 1_000],
    [10, 1_000, 10_000],
    [0.5, 1_000, 500],
  ])('at speed %d lets %d real ms be %d ms of the world', (speed, realMs, worldMs) => {
    const time = new WallTime(START_MS, speed);
    expect(time.now()).toBe(START_MS);
    vi.advanceTimersByTime(realMs);
    expect(time.now()).toBe(START_MS + worldMs);
  });

  it.each([
    ['a whole number of ms', 1, 250, 250],
    ['faster than real time', 10, 250, 25],
    ['slower than real time', 0.5, 250, 500],
    ['longer than a timeout can be', 1, 60 * DAY_MS, 60 * DAY_MS],
    ['much longer than a timeout can be, at speed', 100, 6_000 * DAY_MS, 60 * DAY_MS],
  ])('does things when they are due: %s', (_what, speed, worldMs, realMs) => {
    const time = new WallTime(START_MS, speed);
    const doneAt: number[] = [];
    const setTimeouts = vi.spyOn(globalThis, 'setTimeout');
    time.at(START_MS + worldMs, () => doneAt.push(time.now() - START_MS));
    // A longer timeout would end at once.
    expect(setTimeouts.mock.calls[0]?.[1]).toBeLessThan(2 ** 31);
    vi.advanceTimersByTime(realMs - 1);
    expect(doneAt).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(doneAt).toEqual([worldMs]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    [25.37, 1],
    [25.37, 10],
    [400.999, 7],
  ])('is never early, although timeouts cut fractions off: %d ms at speed %d', (worldMs, speed) => {
    const time = new WallTime(START_MS, speed);
    const doneAt: number[] = [];
    time.at(START_MS + worldMs, () => doneAt.push(time.now()));
    vi.advanceTimersByTime(Math.floor(worldMs / speed));
    expect(doneAt).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(doneAt).toHaveLength(1);
    expect(doneAt[0]).toBeGreaterThanOrEqual(START_MS + worldMs);
  });

  it.each([-1, 0])('does what was due %d ms ago as soon as it can, but not at once', (agoMs) => {
    const time = new WallTime(START_MS, 1);
    const done: string[] = [];
    time.at(START_MS + agoMs, () => done.push('it'));
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['it']);
  });

  it('does things in the order of their times, however late it is', () => {
    const time = new WallTime(START_MS, 1);
    const done: string[] = [];
    const say = (word: string) => () => done.push(word);
    time.at(START_MS + 10.9, say('third'));
    time.at(START_MS + 10.1, say('first'));
    time.at(START_MS + 10.1, () => {
      done.push('second');
      time.at(START_MS + 10.5, say('between'));
    });
    vi.advanceTimersByTime(1_000);
    expect(done).toEqual(['first', 'second', 'between', 'third']);
  });

  it('does nothing more when an action stops it', () => {
    const time = new WallTime(START_MS, 1);
    time.at(START_MS + 10.1, () => time.stop());
    time.at(START_MS + 10.2, () => expect.unreachable('it was stopped'));
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives others a turn when much is overdue, and does all of it', () => {
    const time = new WallTime(START_MS, 1);
    let done = 0;
    for (let index = 0; index < 2_500; index++) time.at(START_MS, () => done++);
    vi.advanceTimersToNextTimer();
    expect(done).toBeLessThan(2_500);
    vi.advanceTimersByTime(10);
    expect(done).toBe(2_500);
  });

  it('goes on when an action fails', () => {
    const time = new WallTime(START_MS, 1);
    const done: string[] = [];
    time.at(START_MS + 1, () => {
      throw new RangeError('it failed');
    });
    time.at(START_MS + 2, () => done.push('next'));
    expect(() => vi.advanceTimersByTime(5)).toThrow('it failed');
    vi.advanceTimersByTime(5);
    expect(done).toEqual(['next']);
  });

  it('forgets everything when it is stopped', () => {
    const time = new WallTime(START_MS, 1);
    time.at(START_MS + 10.5, () => expect.unreachable('it was stopped'));
    time.at(START_MS + 100 * DAY_MS, () => expect.unreachable('it was stopped'));
    // The first one is about to wait for the rest of its time.
    vi.advanceTimersByTime(10);
    time.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1_000);
    time.stop();
  });

  it('changes its speed: what is waiting is done by the new one, in its order', () => {
    const time = new WallTime(START_MS, 1);
    const done: [string, number][] = [];
    const say = (word: string) => () => done.push([word, Math.round(time.now()) - START_MS]);
    time.at(START_MS + 1_000, say('second'));
    time.at(START_MS + 1_000, say('third'));
    time.at(START_MS + 400, say('first'));
    vi.advanceTimersByTime(200);
    time.setSpeed(10);
    expect([time.now(), time.speed]).toEqual([START_MS + 200, 10]);
    vi.advanceTimersByTime(79);
    expect(done).toEqual([['first', 400]]);
    vi.advanceTimersByTime(1);
    expect(done.slice(1)).toEqual([['second', 1_000], ['third', 1_000]]); // prettier-ignore
    time.at(START_MS + 2_000, say('last'));
    time.setSpeed(0.5);
    vi.advanceTimersByTime(1_999);
    expect(done).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(done).toHaveLength(4);
  });

  it('stands still while it is paused, and goes on from there', () => {
    const time = new WallTime(START_MS, 2);
    const done: string[] = [];
    const say = (word: string) => () => done.push(word);
    time.at(START_MS + 300, say('second'));
    vi.advanceTimersByTime(100);
    time.pause();
    time.pause();
    expect(time.isPaused).toBe(true);
    time.at(START_MS + 100, say('overdue'));
    vi.advanceTimersByTime(DAY_MS);
    expect([time.now() - START_MS, done, vi.getTimerCount()]).toEqual([200, [], 0]);
    time.setSpeed(1);
    expect(time.now()).toBe(START_MS + 200);
    time.resume();
    time.resume();
    vi.advanceTimersByTime(99);
    expect(done).toEqual(['overdue']);
    vi.advanceTimersByTime(1);
    expect([done, time.isPaused]).toEqual([['overdue', 'second'], false]);
  });

  it('does nothing more when an action pauses it, until it goes on', () => {
    const time = new WallTime(START_MS, 1);
    const done: string[] = [];
    time.at(START_MS + 10.1, () => time.pause());
    time.at(START_MS + 10.2, () => done.push('next'));
    vi.advanceTimersByTime(1_000);
    expect(done).toEqual([]);
    time.resume();
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['next']);
  });
});
