import { expect, it } from 'vitest';
import { followActs } from '../../../../cli/commands/device/act-progress.ts';
import type { Progress } from '../../../../cli/terminal.ts';

/** A progress that writes down what it is told. */
function record(): { told: string[]; open: (total: number) => Progress } {
  const told: string[] = [];
  const open = (total: number): Progress => {
    told.push(`open ${total}`);
    return {
      begin: (title) => told.push(`begin ${title}`),
      update: () => undefined,
      end: (outcome) => told.push(`end ${outcome}`),
      stop: () => told.push('stop'),
    };
  };
  return { told, open };
}

it('ends each act when the next begins, and the last at the end', () => {
  const { told, open } = record();
  const progress = followActs(open);
  progress.begin({ act: 'greet', done: 0, total: 2 });
  progress.begin({ act: 'farewell', done: 1, total: 2 });
  progress.stop();
  expect(told).toEqual(['open 2', 'begin greet', 'end done', 'begin farewell', 'end done', 'stop']);
});

it('shows nothing when no act ever began', () => {
  const { told, open } = record();
  followActs(open).stop();
  expect(told).toEqual([]);
});
