import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import type { PeerSocket } from '../../../bridge/broker/peer-socket.ts';

/** Both ends of a connection in memory. When one is destroyed, so is the other, like with a socket. */
export function socketPair(): readonly [client: Duplex, socket: PeerSocket] {
  const [client, server] = duplexPair();
  const socket: PeerSocket = Object.assign(server, {
    remoteAddress: '127.0.0.1',
    setTimeout: () => undefined,
    destroySoon: () => {
      server.end();
      server.destroy();
    },
  });
  client.on('error', () => undefined);
  client.once('close', () => server.destroy());
  server.once('close', () => client.destroy());
  return [client, socket];
}
