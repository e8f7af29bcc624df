import { TLSSocket } from 'node:tls';

import { ownTopics } from '../core/topic-rules.ts';
import { GuardedConnection } from './guarded-connection.ts';
import type { ConnectionOptions } from './guarded-connection.ts';
import type { PeerSocket } from './peer-socket.ts';

/** A last will as it stands in CONNECT. */
export interface LastWill {
  readonly topic: string;
}

/** A connection with what is known of the client behind it. */
export class PhoneClient extends GuardedConnection {
  readonly address: string;
  readonly certificateName: string | undefined;
  /** As the client wrote it: untrusted until it is registered. */
  clientId = '';
  will: LastWill | undefined;
  #user: string | undefined;
  #hashText: string | undefined;
  #isRegistered = false;
  #accelerometer = '';
  #status = '';

  constructor(socket: PeerSocket, options: ConnectionOptions, nowMs: number) {
    super(socket, options, nowMs);
    this.address = socket.remoteAddress ?? '';
    this.certificateName = socket instanceof TLSSocket ? nameInCertificate(socket) : undefined;
  }

  get user(): string | undefined {
    return this.#user;
  }

  /** The hash in the users file against which its password was right. */
  get hashText(): string | undefined {
    return this.#hashText;
  }

  /** True once the client may act under its id. */
  get isRegistered(): boolean {
    return this.#isRegistered;
  }

  /** Notes that the client may act under its id. */
  register(user: string | undefined, hashText: string | undefined): void {
    this.#user = user;
    this.#hashText = hashText;
    this.#isRegistered = true;
    [this.#accelerometer, this.#status] = ownTopics(this.clientId);
  }

  /** Whether the client may publish there. */
  mayPublish(topic: string): boolean {
    return this.#isRegistered && (topic === this.#accelerometer || topic === this.#status);
  }
}

const DNS_NAME = /^DNS:([^,\s]+)/;

/** The common name, or else the first name of the subject's alternatives. */
function nameInCertificate(socket: TLSSocket): string | undefined {
  const { subject, subjectaltname } = socket.getPeerCertificate() ?? {};
  const { CN: commonName } = subject ?? {};
  if (typeof commonName === 'string') return commonName;
  return DNS_NAME.exec(subjectaltname ?? '')?.[1];
}
