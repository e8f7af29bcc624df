/**
 * A process that publishes a load as fast as it is acknowledged, then prints how long it took. It says `ready` when all
 * is encoded and connected, and begins at the first line on its stdin.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connectPacket, encodeMessages } from './load.ts';
import type { EncodedMessages, Load } from './load.ts';

/** How the publisher is told what to do: the one argument, as JSON. */
export interface PublisherOrder extends Load {
  readonly port: number;
  /** Messages that may wait for their acknowledgement, per connection. */
  readonly window: number;
}

/** What the publisher prints at its end, as JSON. */
export interface PublisherReport {
  readonly acknowledged: number;
  readonly wallMs: number;
}

const PUBACK_BYTES = 4;
const CONNACK_BYTES = 4;

async function open(port: number, connection: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.write(connectPacket(connection));
  const [connack] = (await once(socket, 'data')) as [Buffer];
  if (connack.length !== CONNACK_BYTES || connack[3] !== 0) {
    throw new RangeError(`connection ${connection} was refused: ${connack.toString('hex')}`);
  }
  return socket;
}

/** Sends all messages with at most `window` of them unacknowledged; resolves when the last is acknowledged. */
function publish(socket: Socket, messages: EncodedMessages, window: number): Promise<void> {
  const { packets, packetBytes } = messages;
  const total = packets.length / packetBytes;
  return new Promise((resolve, reject) => {
    let sent = 0;
    let ackBytes = 0;
    const send = (): void => {
      const acknowledged = Math.floor(ackBytes / PUBACK_BYTES);
      const end = Math.min(total, acknowledged + window);
      if (end > sent) socket.write(packets.subarray(sent * packetBytes, end * packetBytes));
      sent = Math.max(sent, end);
      if (acknowledged === total) resolve();
    };
    socket.on('data', (chunk: Buffer) => {
      ackBytes += chunk.length;
      send();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new RangeError(`closed after ${ackBytes / 4} of ${total}`)));
    send();
  });
}

async function main(): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '') as PublisherOrder;
  const connections = await Promise.all(
    Array.from({ length: order.connections }, async (_, connection) => ({
      socket: await open(order.port, connection),
      messages: encodeMessages(order, connection),
    })),
  );
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const fromMs = performance.now();
  await Promise.all(
    connections.map(({ socket, messages }) => publish(socket, messages, order.window)),
  );
  const report: PublisherReport = {
    acknowledged: order.connections * order.messagesPerConnection,
    wallMs: performance.now() - fromMs,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exit(0);
}

await main();
