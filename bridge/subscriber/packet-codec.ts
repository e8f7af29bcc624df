import type { generate, parser } from 'mqtt-packet';

import type { BrokerCredentials } from './broker-endpoint.ts';

/** The library that encodes and decodes all packets but PUBLISH and PUBACK. It is loaded on use: that takes 50 ms. */
export interface PacketCodec {
  readonly generate: typeof generate;
  readonly parser: typeof parser;
}

/** What CONNACK says with its return code (MQTT 3.1.1, section 3.2.2.3), where trying again soon does not help. */
export const REFUSALS: ReadonlyMap<number, string> = new Map([
  [1, 'it does not speak MQTT 3.1.1'],
  [2, 'it does not take the client id'],
  [4, 'wrong user name or password'],
  [5, 'not authorized'],
]);

/** The id of the only SUBSCRIBE of a connection. */
const SUBSCRIBE_ID = 1;

/** CONNECT for a session that the broker keeps. */
export function encodeConnect(
  codec: PacketCodec,
  options: {
    readonly clientId: string;
    readonly keepAliveMs: number;
    readonly credentials: BrokerCredentials | undefined;
  },
): Buffer {
  const { clientId, keepAliveMs, credentials } = options;
  const password = credentials?.password;
  return codec.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: false,
    clientId,
    // Whole seconds, and 0 would mean that there is no keep alive.
    keepalive: Math.max(1, Math.ceil(keepAliveMs / 1000)),
    ...(credentials !== undefined && { username: credentials.user }),
    ...(password !== undefined && { password: Buffer.from(password) }),
  });
}

/** SUBSCRIBE to all filters at QoS 1. */
export function encodeSubscribe(codec: PacketCodec, filters: readonly string[]): Buffer {
  const subscriptions = filters.map((topic) => ({ topic, qos: 1 as const }));
  return codec.generate({ cmd: 'subscribe', messageId: SUBSCRIBE_ID, subscriptions });
}
