import { expect, it } from 'vitest';
import { WorldClock } from '../../../../dashboard/page/live/world-clock.ts';

it('knows nothing before it was told', () => {
  const clock = new WorldClock();
  expect(clock.at(5)).toBeUndefined();
  clock.follow({ worldMs: 1_000, realMs: 0, speed: 1 });
  clock.reset();
  expect(clock.at(5)).toBeUndefined();
});

it('goes on between messages, as fast as the world', () => {
  const clock = new WorldClock();
  clock.follow({ worldMs: 1_000, realMs: 100, speed: 5 });
  expect(clock.at(150)).toBe(1_250);
  expect(clock.speed).toBe(5);
});

it('is led back gently when a message was late', () => {
  const clock = new WorldClock();
  clock.follow({ worldMs: 0, realMs: 0, speed: 1 });
  clock.follow({ worldMs: 200, realMs: 250, speed: 1 });
  expect(clock.at(250)).toBe(242.5);
});

it('jumps when it is far off', () => {
  const clock = new WorldClock();
  clock.follow({ worldMs: 0, realMs: 0, speed: 1 });
  clock.follow({ worldMs: 5_000, realMs: 250, speed: 1 });
  expect(clock.at(250)).toBe(5_000);
});

it('stands where the world was stopped, and goes on from there', () => {
  const clock = new WorldClock();
  clock.follow({ worldMs: 0, realMs: 0, speed: 1 });
  clock.follow({ worldMs: 240, realMs: 250, speed: 0 });
  expect(clock.at(10_000)).toBe(240);
  clock.follow({ worldMs: 240, realMs: 10_000, speed: 2 });
  expect(clock.at(10_100)).toBe(440);
});
