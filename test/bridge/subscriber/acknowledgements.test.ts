import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { Acknowledgements } from '../../../bridge/subscriber/acknowledgements.ts';
import type { Arrival } from '../../../bridge/subscriber/acknowledgements.ts';

interface Written {
  readonly acknowledgements: Acknowledgements;
  /** Packet ids, one list for each write. */
  readonly writes: number[][];
  readonly clock: { nowMs: number };
}

function begin(): Written {
  const writes: number[][] = [];
  const clock = { nowMs: 0 };
  const write = (bytes: Buffer, count: number): void => {
    expect(bytes.length).toBe(count * 4);
    const words = Array.from({ length: count * 2 }, (_, index) => bytes.readUInt16BE(index * 2));
    expect(words.every((word, index) => index % 2 === 1 || word === 0x4002)).toBe(true);
    const ids = words.filter((_, index) => index % 2 === 1);
    writes.push(ids);
  };
  return { acknowledgements: new Acknowledgements(write, () => clock.nowMs), writes, clock };
}

function arrival(packetId: number, dup = false, fingerprint = 1): Arrival {
  return { packetId, dup, fingerprint };
}

it('does not acknowledge again what was sent again while its acknowledgement was on the way', async () => {
  const { acknowledgements, writes } = begin();
  acknowledgements.expect(arrival(7))();
  await acknowledgements.drained();
  acknowledgements.expect(arrival(7, true))();
  await acknowledgements.drained();
  expect(writes).toEqual([[7]]);
  // Under the same id: a new message, one that is flagged without need, and the first one once more.
  for (const next of [arrival(7), arrival(7, true, 2), arrival(7, true, 1)]) {
    acknowledgements.expect(next)();
    await acknowledgements.drained();
  }
  expect(writes).toEqual([[7], [7], [7], [7]]);
});

it('acknowledges again what keeps coming, when its acknowledgement cannot be on the way any more', async () => {
  const { acknowledgements, writes, clock } = begin();
  acknowledgements.expect(arrival(7))();
  await acknowledgements.drained();
  for (const [nowMs, answers] of [
    [1_999, 1],
    [2_000, 2],
    [3_999, 2],
    [4_000, 3],
  ] as const) {
    clock.nowMs = nowMs;
    acknowledgements.expect(arrival(7, true))();
    await acknowledgements.drained();
    expect(writes).toEqual(Array.from({ length: answers }, () => [7]));
  }
});

it('writes all that became durable in one go at once', async () => {
  const { acknowledgements, writes } = begin();
  const durable = [1, 2, 65_535].map((id) => acknowledgements.expect(arrival(id)));
  for (const onDurable of durable) onDurable();
  await acknowledgements.drained();
  expect(writes).toEqual([[1, 2, 65_535]]);
  expect(acknowledgements.waiting).toBe(0);
});

it('waits for the one that came first', async () => {
  const { acknowledgements, writes } = begin();
  const [first, second] = [1, 2].map((id) => acknowledgements.expect(arrival(id)));
  second?.();
  await Promise.resolve();
  expect(writes).toEqual([]);
  first?.();
  await acknowledgements.drained();
  expect(writes).toEqual([[1, 2]]);
});

it('acknowledges once what came twice, when both are durable', async () => {
  const { acknowledgements, writes } = begin();
  const [first, other, again] = [7, 8, 7].map((id) => acknowledgements.expect(arrival(id)));
  first?.();
  other?.();
  await Promise.resolve();
  expect(writes).toEqual([[8]]);
  again?.();
  await acknowledgements.drained();
  expect(writes).toEqual([[8], [7]]);
});

it('takes a packet id again that was acknowledged', async () => {
  const { acknowledgements, writes } = begin();
  acknowledgements.expect(arrival(7))();
  await acknowledgements.drained();
  acknowledgements.expect(arrival(7))();
  await acknowledgements.drained();
  expect(writes).toEqual([[7], [7]]);
});

it('writes nothing after its end', async () => {
  const { acknowledgements, writes } = begin();
  const first = acknowledgements.expect(arrival(1));
  const second = acknowledgements.expect(arrival(2));
  first();
  acknowledgements.end();
  second();
  await acknowledgements.drained();
  expect(writes).toEqual([]);
  expect(acknowledgements.waiting).toBe(0);
});

it('acknowledges everything in the order of arrival, whatever becomes durable when', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 2_500 }), { maxLength: 60 }), async (picks) => {
      const { acknowledgements, writes } = begin();
      const ids = Array.from({ length: 2_500 }, (_, index) => index + 1);
      const waiting = ids.map((id) => acknowledgements.expect(arrival(id)));
      for (const pick of picks) {
        for (const onDurable of waiting.splice(pick % (waiting.length + 1), 40)) onDurable();
        await Promise.resolve();
      }
      for (const onDurable of waiting) onDurable();
      await acknowledgements.drained();
      expect(writes.flat()).toEqual(ids);
    }),
    { numRuns: 30 },
  );
});
