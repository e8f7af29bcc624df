/** How long a phone waits for its acknowledgement when nothing else happens. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connectPacket, encodeMessages } from './load.ts';

const MESSAGES = 300;
const EVERY_MS = 20;

/** Publishes one message after the other to a port of this machine; ms until each was acknowledged, in ascending order. */
export async function idleLatencies(port: number): Promise<readonly number[]> {
  const load = { kind: 'single', connections: 1, messagesPerConnection: MESSAGES } as const;
  const { packets, packetBytes } = encodeMessages(load, 0);
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.write(connectPacket(0));
  await once(socket, 'data');
  const latencies: number[] = [];
  for (let index = 0; index < MESSAGES; index++) {
    const fromMs = performance.now();
    socket.write(packets.subarray(index * packetBytes, (index + 1) * packetBytes));
    await once(socket, 'data');
    latencies.push(performance.now() - fromMs);
    await delay(EVERY_MS);
  }
  socket.destroy();
  return latencies.sort((left, right) => left - right);
}

/** The value that a share of the sorted ones does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
