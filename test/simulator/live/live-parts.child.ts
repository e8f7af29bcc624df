/**
 * Uses every live part and closes it again. Prints what is left, then returns: if anything still runs, the process does
 * not end. Half of the ports are unplugged in the middle of traffic, one phone is killed, the broker restarts.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { openSerialPort } from '../../../bridge/adapters/serial-port.ts';
import type { SerialChannel } from '../../../bridge/adapters/serial-port.ts';
import { connectSubscriber } from '../../../bridge/subscriber/subscriber.ts';
import { startBroker } from '../../../simulator/live/broker.ts';
import { connectPhone } from '../../../simulator/live/phone-connection.ts';
import { openVirtualPort } from '../../../simulator/live/pty.ts';

const [folder = ''] = process.argv.slice(2);
const LINE = '$R,7F3A,0,421,181,0*0D16\r\n';

function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

function ended(channel: SerialChannel): Promise<unknown> {
  return new Promise((resolve) => channel.onClose(resolve));
}

async function useSerialPort(index: number): Promise<void> {
  const device = openVirtualPort({ link: join(folder, `tty${index}`) });
  device.onData(() => undefined);
  const channel = await openSerialPort({ path: device.path, baudRate: 57_600 });
  const firstBytes = new Promise((resolve) => channel.onData(resolve));
  const end = ended(channel);
  for (let line = 0; line < 100; line++) device.write(LINE);
  channel.write('PING\n');
  await firstBytes;
  if (index % 2 === 0) await channel.close();
  device.close();
  await end;
}

async function useBroker(): Promise<void> {
  const broker = await startBroker();
  const { url } = broker;
  const subscriber = await connectSubscriber({
    url,
    clientId: 'bridge',
    filters: ['stedi/v1/phones/+/accelerometer'],
    store: { isFull: false, onRoom: () => undefined },
    take: (_, onDurable) => onDurable(),
  });
  await subscriber.established(5_000);
  const [phone, killed] = await Promise.all(
    ['p-1', 'p-2'].map((clientId) => connectPhone({ url, clientId })),
  );
  await phone?.publish('stedi/v1/phones/p-1/accelerometer', '{}');
  killed?.kill();
  await broker.down();
  await broker.up();
  await phone?.publish('stedi/v1/phones/p-1/accelerometer', '{}');
  await phone?.close();
  await subscriber.close();
  await broker.close();
}

async function useAll(ports: number): Promise<void> {
  await Promise.all(Array.from({ length: ports }, (_, index) => useSerialPort(index)));
  await useBroker();
}

// The first use loads libraries, which keep descriptors of their own.
await useAll(1);
const before = descriptors();
await useAll(20);
// A socket's descriptor is given back in the turn after it was destroyed.
await new Promise((resolve) => setImmediate(resolve));
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
process.stdout.write(
  JSON.stringify({ descriptors: descriptors() - before, timers, links: readdirSync(folder) }),
);
