import type { Duplex } from 'node:stream';

import type { RefusalReason } from './refusals.ts';

/** What is used of a socket. */
export interface PeerSocket extends Duplex {
  readonly remoteAddress?: string | undefined;
  setTimeout(ms: number, onTimeout: () => void): unknown;
  /** Ends the connection when everything is sent. */
  destroySoon(): void;
}

/** aedes puts the return code of CONNACK into its error; this one is that of another version of the protocol. */
const PROTOCOL_VERSION_REFUSED = 1;

/** What the MQTT side could not go on with. */
export function faultOf(error: Error): RefusalReason {
  const { errorCode } = error as { readonly errorCode?: unknown };
  return errorCode === PROTOCOL_VERSION_REFUSED ? 'protocol-version' : 'packet-malformed';
}
