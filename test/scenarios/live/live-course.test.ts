import { expect, onTestFinished, test } from 'vitest';
import { LiveCourse } from '../../../scenarios/live/live-course.ts';
import { WallTime } from '../../../simulator/index.ts';

function prepare(steps: { drain?: () => Promise<void> } = {}) {
  const done: string[] = [];
  const timers = new WallTime(0, 1_000);
  onTestFinished(() => timers.stop());
  const failure = new AbortController();
  const course = new LiveCourse({
    timers,
    endMs: 20,
    fleet: { isSettled: true },
    plant: {
      drain: async () => {
        done.push('drain');
        await steps.drain?.();
      },
    },
    onWorldEnd: () => done.push('world end'),
    finishExports: async () => void done.push('exports'),
    failure: failure.signal,
  });
  course.onPhase((phase) => done.push(phase));
  return { course, done, failure };
}

test('the world ends, what is under way arrives, and then all is over', async () => {
  const { course, done } = prepare();
  expect(course.phase).toBe('running');
  await course.ended;
  expect(done).toEqual(['draining', 'world end', 'drain', 'exports', 'ended']);
  expect(course.phase).toBe('ended');
});

test('a failure ends whatever is waited for', async () => {
  const { course, done, failure } = prepare({ drain: () => new Promise(() => undefined) });
  course.onPhase((phase) => {
    if (phase === 'draining') queueMicrotask(() => failure.abort(new Error('broken')));
  });
  await expect(course.ended).rejects.toThrow('broken');
  expect(done.at(-1)).toBe('failed');
  expect(done).not.toContain('exports');
});

test('who listens no more is told nothing more', async () => {
  const { course } = prepare();
  const told: string[] = [];
  const end = course.onPhase((phase) => {
    told.push(phase);
    end();
  });
  await course.ended;
  expect(told).toEqual(['draining']);
});
