import { expect, it } from 'vitest';

import { brokerAddress, brokerFailure } from '../../../simulator/live/broker-failure.ts';

it.each([
  ['mqtt://127.0.0.1:1883', '127.0.0.1:1883'],
  ['mqtts://user:secret@broker.example:8883/path', 'broker.example:8883'],
])('the address of %s is %s', (url, address) => {
  expect(brokerAddress(url)).toBe(address);
});

it.each(['', 'localhost:1883', 'http://localhost:1883', 'mqtt://'])(
  '"%s" is no address of a broker',
  (url) => {
    expect(() => brokerAddress(url)).toThrow(
      expect.objectContaining({ name: 'SimulatorError', code: 'BROKER_UNREACHABLE' }) as Error,
    );
  },
);

it.each([
  ['what the system reports', { code: 'ECONNREFUSED' }, 'BROKER_UNREACHABLE', 'b:1 (ECONNREFUSED)'],
  ['silence', undefined, 'BROKER_UNREACHABLE', 'b:1 (no answer)'],
  ['an answer', new RangeError('Not authorized'), 'BROKER_REFUSED', '(Not authorized)'],
  ['something odd', 'odd', 'BROKER_REFUSED', 'no reason given'],
])('%s becomes a failure that names the broker', (_, cause, code, text) => {
  expect(brokerFailure('b:1', cause)).toMatchObject({
    name: 'SimulatorError',
    code,
    message: expect.stringContaining(text) as string,
  });
});
