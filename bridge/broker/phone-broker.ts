/** The contract of the embedded broker: phones publish into it, and its acknowledgement means durable. */
import type { OnNotice } from '../notice.ts';
import type { RecordStore, TakeMessage } from '../ports.ts';
import type { BrokerLimits } from './broker-limits.ts';
import type { RefusalReason } from './refusals.ts';

/** What happens at the broker that somebody may want to count. */
export type PhoneBrokerEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/** How a broker is set up. */
export interface PhoneBrokerOptions {
  /** Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /** PEM files of the server's certificate chain and key. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** PEM file of the authority that signs the certificates of clients. With it, every client needs one: its CN is the user. */
  readonly clientCaFile?: string | undefined;
  /** File of users, made with `stedi users add`. With it, every client needs user name and password. Read again when it changes. */
  readonly usersFile?: string | undefined;
  /** Listens beyond this machine without users or client certificates, or takes passwords without TLS. */
  readonly allowInsecure?: boolean;
  readonly limits?: Partial<BrokerLimits>;
  /** Takes each message; its second argument is called when the message is durable, and then it is acknowledged. */
  readonly take: TakeMessage;
  /** While it is full, messages wait in front of `take`, and soon nothing more is read. */
  readonly store: Pick<RecordStore, 'isFull' | 'onRoom'>;
  readonly onNotice: OnNotice;
  readonly onEvent?: (event: PhoneBrokerEvent) => void;
}

/** A broker that listens. */
export interface PhoneBroker {
  /** `mqtt://host:port`, or `mqtts://…` with TLS. */
  readonly url: string;
  readonly port: number;
  /** Clients that are connected, those that are still to say who they are included. */
  readonly connections: number;
  /** Takes nothing more, gives what is in flight up to 1 s to be acknowledged, and cuts every connection. May be called again. */
  close(): Promise<void>;
}
