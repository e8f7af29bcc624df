import { expect, it } from 'vitest';
import { Slots } from '../../../bridge/landing/slots.ts';

it('gives out so many places, and the next one to who waits longest', async () => {
  const slots = new Slots(2);
  const got: string[] = [];
  const takers = ['a', 'b', 'c', 'd'].map((name) => slots.take().then(() => got.push(name)));
  await Promise.all(takers.slice(0, 2));
  expect(got).toEqual(['a', 'b']);
  slots.release();
  await takers[2];
  expect(got).toEqual(['a', 'b', 'c']);
  slots.release();
  await takers[3];
  slots.release();
  slots.release();
  await Promise.all([slots.take(), slots.take()]);
  expect(got).toEqual(['a', 'b', 'c', 'd']);
});
