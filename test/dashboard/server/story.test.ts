import { expect, test } from 'vitest';
import { Story } from '../../../dashboard/server/story.ts';

test('what was planned is told when its time has come, in between what is done', () => {
  const story = new Story([
    { atMs: 10, text: 'planned early' },
    { atMs: 30, text: 'planned late' },
  ]);
  story.tell({ atMs: 5, text: 'done at once', kind: 'deed' });
  story.tell({ atMs: 20, text: 'done later', kind: 'deed' });
  expect(story.after(0).map(({ id, text, kind }) => [id, text, kind])).toEqual([
    [1, 'done at once', 'deed'],
    [2, 'planned early', 'world'],
    [3, 'done later', 'deed'],
  ]);
  story.comeTo(30);
  expect(story.after(3)).toEqual([{ id: 4, atMs: 30, text: 'planned late', kind: 'world' }]);
  story.comeTo(1_000);
  expect(story.after(4)).toEqual([]);
});

test('a long story keeps its last thousand lines and their numbers', () => {
  const story = new Story();
  for (let line = 1; line <= 1_500; line++) story.tell({ atMs: line, text: 'x', kind: 'deed' });
  const kept = story.after(0);
  expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([1_000, 501, 1_500]);
});
