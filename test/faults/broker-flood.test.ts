/** A thousand clients that send as fast as they can to a bridge whose disk takes nothing. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

import { connectPacket, publishPacket, RawPhone } from '../bridge/broker/raw-phone.ts';
import type { FloodReport } from './broker-flood-process.ts';
import { judgeFault } from './oracle.ts';
import { ReadingSource } from './reading-publisher.ts';

const CLIENTS = 1_000;
const BROKER = fileURLToPath(new URL('broker-flood-process.ts', import.meta.url));
const BYTES_EACH = 160 * 1024;
/** Looks at the broker without a new message, after which it takes none any more. */
const STILL = 30;

async function ask(child: ChildProcess, order: 'report' | 'release'): Promise<FloodReport> {
  const answer = once(child, 'message');
  child.send(order);
  return (await answer)[0] as FloodReport;
}

/** Sends 160 KiB of messages, more than the broker reads ahead, as far as the broker reads them. */
function flood(port: number, number: number): RawPhone {
  const clientId = `flood-${number}`;
  const phone = RawPhone.open(port, clientId);
  const qos = number % 2 === 0 ? 0 : 1;
  // Half of them send the smallest messages that there are, as their objects cost more than their bytes.
  const message = publishPacket(clientId, number % 4 < 2 ? '' : 'x'.repeat(95), { qos });
  const piece = Buffer.concat(Array.from({ length: 400 }, () => message));
  phone.write(connectPacket({ clientId }));
  let sent = 0;
  const send = (): void => {
    while (sent < BYTES_EACH) {
      sent += piece.length;
      if (!phone.socket.write(piece)) {
        phone.socket.once('drain', send);
        return;
      }
    }
  };
  send();
  // What comes back is not looked at: it is let through as bytes.
  phone.socket.removeAllListeners('data');
  phone.socket.resume();
  return phone;
}

it('takes no more than its memory allows, still serves others, and goes on when the disk does', async () => {
  const child = fork(BROKER, [], { execArgv: ['--import', 'tsx'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { port } = (await once(child, 'message'))[0] as FloodReport;
  const clients = Array.from({ length: CLIENTS }, (_, number) => flood(port, number));
  onTestFinished(() => clients.forEach((client) => client.kill()));

  let report = await ask(child, 'report');
  for (let still = 0; still < STILL;) {
    const next = await ask(child, 'report');
    expect(next.refusals).toEqual([]);
    const isStill = next.connections === CLIENTS && next.flooded === report.flooded;
    still = isStill ? still + 1 : 0;
    report = next;
  }
  const held = report.flooded;
  expect(held).toBeGreaterThan(1_000);

  const [reading] = new ReadingSource().next(1, 'phone-1');
  report = await ask(child, 'release');
  const phone = await RawPhone.connect(port, { clientId: 'phone-1' });
  phone.publish(reading!.line);
  const acknowledged = (await phone.next('puback')) !== undefined;
  phone.kill();
  report = await ask(child, 'report');
  expect(report.flooded).toBeGreaterThan(held);
  const verdict = judgeFault({
    sent: [{ line: reading!.line, acknowledged, poison: false }],
    objects: [
      {
        key: 'accelerometer_landing/all.json',
        body: Buffer.from(report.others.map((line) => `${line}\n`).join('')),
      },
    ],
    duplicatesRecognised: 0,
    fresh: reading!.line,
    // What the flood sent is counted, and kept by nobody.
    deliveries: { least: 1, most: 1 },
    peakRssBytes: report.peakRssBytes,
  });
  expect(verdict.violations).toEqual([]);
}, 60_000);
