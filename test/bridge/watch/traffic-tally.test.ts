import { expect, test, vi } from 'vitest';
import type { TakeMessage } from '../../../bridge/ports.ts';
import { TrafficTally } from '../../../bridge/watch/traffic-tally.ts';

const MESSAGE = { topic: 'stedi/v1/phones/a/accelerometer', payload: new Uint8Array(), dup: false };

function tally(): { readonly counts: TrafficTally; readonly pass: (ms: number) => void } {
  let nowMs = 0;
  return { counts: new TrafficTally(() => nowMs), pass: (ms) => (nowMs += ms) };
}

test('messages are counted by source, and one of them at a time is timed until it is durable', () => {
  const { counts, pass } = tally();
  const waiting: (() => void)[] = [];
  const take: TakeMessage = (_, onDurable) => void waiting.push(onDurable);
  const seen: number[] = [];
  const counted = counts.countMessages('embedded', take, (seconds) => seen.push(seconds));
  expect(counts.messages).toEqual({ embedded: 0 });
  const durable = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
  counted(MESSAGE, durable[0]!);
  pass(5);
  counted(MESSAGE, durable[1]!);
  pass(5);
  for (const each of waiting) each();
  expect(seen).toEqual([0.01]);
  counted(MESSAGE, durable[2]!);
  pass(3);
  waiting[2]?.();
  expect(seen).toEqual([0.01, 0.003]);
  expect(counts.messages).toEqual({ embedded: 3 });
  for (const each of durable) expect(each).toHaveBeenCalledOnce();
});

test('what was stored is counted by table', () => {
  const { counts } = tally();
  counts.addStored({ table: 'step_trainer_landing', rows: 5 });
  counts.addStored({ table: 'step_trainer_landing', rows: 6 });
  counts.addStored({ table: 'quarantine/step_trainer_landing', rows: 1 });
  expect(counts.stored).toEqual({
    objects: { step_trainer_landing: 2, 'quarantine/step_trainer_landing': 1 },
    rows: { step_trainer_landing: 11, 'quarantine/step_trainer_landing': 1 },
    damageLines: 0,
  });
});

test('damage of the spool is counted by table and reason', () => {
  const { counts } = tally();
  const table = 'quarantine/step_trainer_landing';
  for (const lines of [1, 2]) counts.addDamage({ table, reason: 'spool-damaged', lines });
  counts.addDamage({ table, reason: 'spool-segment-missing', lines: 1 });
  expect(counts.damage).toEqual([
    { table, reason: 'spool-damaged', count: 3 },
    { table, reason: 'spool-segment-missing', count: 1 },
  ]);
  expect(counts.stored.damageLines).toBe(4);
});

test('refusals are counted by reason', () => {
  const { counts } = tally();
  for (const reason of ['too-large', 'no-user', 'too-large']) counts.refuse(reason);
  expect(counts.refused).toEqual({ 'too-large': 2, 'no-user': 1 });
});
