import { expect, test } from 'vitest';
import type { SerialWorld } from '../../../bridge/index.ts';
import { listenToPorts, SerialTraffic } from '../../../scenarios/live/serial-traffic.ts';

test('bytes and whole lines are counted, however they are cut', () => {
  const traffic = new SerialTraffic();
  for (const text of ['$R,1\r', '\n!HB\r\n\n', '', '=O']) traffic.add(Buffer.from(text));
  expect(traffic).toMatchObject({ bytes: 14, lines: 3 });
});

test('who listens to a port is told its bytes before they are taken, and the port is what it was', async () => {
  const told: string[] = [];
  let deliver: (chunk: Uint8Array) => void = () => undefined;
  const world: SerialWorld = {
    find: async (entry) => [entry],
    target: async (path) => `${path}!`,
    open: async ({ path }) => ({
      path,
      write: (bytes) => told.push(`write ${bytes}`),
      onData: (listener) => (deliver = listener),
      onClose: (listener) => listener({ disconnected: true }),
      close: async () => void told.push('close'),
    }),
  };
  const ports = listenToPorts(world, (path) => (chunk) => {
    told.push(`${path} says ${Buffer.from(chunk).toString()}`);
  });
  expect(await ports.find('p')).toEqual(['p']);
  expect(await ports.target('p')).toBe('p!');
  const channel = await ports.open({ path: 'p', baudRate: 9_600 });
  channel.onData((chunk) => told.push(`taken ${Buffer.from(chunk).toString()}`));
  deliver(Buffer.from('x'));
  channel.write('y');
  channel.onClose(({ disconnected }) => told.push(`gone ${disconnected}`));
  await channel.close();
  expect(told).toEqual(['p says x', 'taken x', 'write y', 'gone true', 'close']);
  expect(channel).not.toHaveProperty('setModemLines');
});
