import { expect, it } from 'vitest';
import { perConversation } from '../../../../device-bench/core/judges/per-conversation.ts';
import { BOOT, talk } from './talk.ts';

it('computes once for each conversation, whatever comes out', () => {
  const asked: number[] = [];
  const compute = perConversation(({ endMs }) => {
    asked.push(endMs);
    return endMs === 0 ? undefined : endMs;
  });
  const [one, other] = [talk(BOOT), talk(BOOT, '9 /end')];
  expect([one, other, one, other].map(compute)).toEqual([undefined, 9, undefined, 9]);
  expect(asked).toEqual([0, 9]);
});
