import { expect, it } from 'vitest';
import { Refusals } from '../../../bridge/broker/refusals.ts';

it('every refusal is counted, and a reason is noted once in ten seconds', () => {
  const counted: string[] = [];
  const notices: string[] = [];
  const refusals = new Refusals(
    (reason) => counted.push(reason),
    ({ text }) => notices.push(text),
  );
  refusals.add('subscribe', 0, 'phone-1');
  refusals.add('subscribe', 9_999);
  refusals.add('subscribe', 9_999);
  refusals.add('idle', 9_999);
  refusals.add('subscribe', 10_000);
  refusals.add('subscribe', 20_000);
  expect(counted).toEqual([
    'subscribe',
    'subscribe',
    'subscribe',
    'idle',
    'subscribe',
    'subscribe',
  ]);
  expect(notices).toEqual([
    'The broker refused a subscription: this broker only takes messages (client phone-1).',
    'The broker refused a client that was silent for longer than its keep-alive allows.',
    'The broker refused a subscription: this broker only takes messages; 2 more before it.',
    'The broker refused a subscription: this broker only takes messages.',
  ]);
});
