import { once } from 'node:events';
import { createServer, isIPv6 } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';

import { BridgeError } from '../bridge-error.ts';
import { DEFAULT_BROKER_LIMITS } from './broker-limits.ts';
import { decideAddress, readTls } from './listen-policy.ts';
import type { PhoneBroker, PhoneBrokerOptions } from './phone-broker.ts';
import { PhoneIngest } from './phone-ingest.ts';
import { UserDirectory } from './user-directory.ts';

/**
 * Starts a broker into which phones publish. Nobody can subscribe to it.
 * @throws BridgeError `LISTEN_INSECURE`, `LISTEN_FAILED`, `TLS_FILE`, `USERS_FILE`
 */
export async function startPhoneBroker(options: PhoneBrokerOptions): Promise<PhoneBroker> {
  const limits = { ...DEFAULT_BROKER_LIMITS, ...options.limits };
  const address = await decideAddress(options);
  const tls = await readTls(options);
  const { usersFile, onNotice } = options;
  const directory =
    usersFile === undefined ? undefined : await UserDirectory.open(usersFile, onNotice);
  const ingest = await PhoneIngest.create({
    limits,
    take: options.take,
    store: options.store,
    directory,
    asksCertificate: options.clientCaFile !== undefined,
    onNotice,
    onEvent: options.onEvent ?? (() => undefined),
  });
  const server = createListener(ingest, tls, limits.connectMs);
  server.maxConnections = limits.connections;
  server.on('drop', () => ingest.refuseConnection('too-many-connections'));
  try {
    server.listen(options.listen.port, address);
    await once(server, 'listening');
  } catch (error) {
    await ingest.close();
    throw listenFailure(options.listen, error);
  }
  // A connection that cannot be taken for want of a file handle is the next one's chance, not the end of the broker.
  server.on('error', (error) => {
    const text = `The broker cannot take a connection (${codeOf(error)}).`;
    onNotice({ level: 'warn', part: 'listener', text });
  });
  return new ListeningBroker(server, ingest, tls === undefined ? 'mqtt' : 'mqtts');
}

function createListener(
  ingest: PhoneIngest,
  tls: TlsOptions | undefined,
  handshakeTimeout: number,
): Server {
  const accept = (socket: Socket): void => ingest.accept(socket);
  if (tls === undefined) return createServer({ noDelay: true }, accept);
  const server = createTlsServer({ ...tls, handshakeTimeout }, accept);
  server.on('tlsClientError', () => ingest.refuseConnection('tls-handshake'));
  return server;
}

class ListeningBroker implements PhoneBroker {
  readonly url: string;
  readonly port: number;
  readonly #server: Server;
  readonly #ingest: PhoneIngest;
  #closed: Promise<void> | undefined;

  constructor(server: Server, ingest: PhoneIngest, scheme: string) {
    const { address, port } = server.address() as AddressInfo;
    this.#server = server;
    this.#ingest = ingest;
    this.port = port;
    this.url = `${scheme}://${isIPv6(address) ? `[${address}]` : address}:${port}`;
  }

  get connections(): number {
    return this.#ingest.connections;
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    const ended = once(this.#server, 'close');
    this.#server.close();
    await this.#ingest.close();
    await ended;
  }
}

function listenFailure({ host, port }: PhoneBrokerOptions['listen'], cause: unknown): BridgeError {
  const code = codeOf(cause);
  const fix =
    code === 'EADDRINUSE'
      ? 'another program has the port. Stop it, or choose another port'
      : 'use an address of this machine and a port above 1023';
  const message = `The broker cannot listen on port ${port} of ${host} (${code}): ${fix}.`;
  return new BridgeError('LISTEN_FAILED', message, { cause });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown cause';
}
