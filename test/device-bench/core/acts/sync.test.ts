import { expect, it } from 'vitest';
import { syncBurst, synchronise } from '../../../../device-bench/core/acts/sync.ts';
import { board, dialogueWith, nobody, playAct, readingsAfter } from './play-act.ts';

it('synchronise sends six exchanges, and host times that are hard to keep', () => {
  const link = board();
  const played = playAct(link, synchronise(dialogueWith(link), true));
  expect(played.acts).toEqual(['sync']);
  expect(played.sent.map((line) => Number(line.split(' ')[2]))).toEqual([
    ...Array.from({ length: 6 }, (_, index) => 1_655_564_444_103 + 1000 * index),
    0,
    12_345,
    9_007_199_254_740_991,
  ]);
  expect(played.answers).toEqual(Array.from({ length: 9 }, () => 'sync'));
  expect(readingsAfter(link)).toBe(0);
});

it('a burst is short enough to be compared with itself', () => {
  const link = board();
  const played = playAct(link, syncBurst(dialogueWith(link), false));
  expect(played.sent).toHaveLength(6);
  expect(played.tookMs).toBeLessThan(600);
});

it('asks no second time where SYNC is not known, or nobody is', () => {
  const link = board({ capabilities: ['REBOOT'] });
  expect(playAct(link, syncBurst(dialogueWith(link), true))).toMatchObject({
    sent: ['@k1 SYNC 1655564444103'],
    answers: ['3'],
  });
  expect(playAct(nobody(), syncBurst(dialogueWith(nobody()), true))).toMatchObject({
    sent: ['@k1 SYNC 1655564444103'],
    tookMs: 1_250,
  });
});
