import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';

import { brokerAddress } from '../adapters/broker-failure.ts';
import { BridgeError } from '../bridge-error.ts';

const PLAIN = new Set(['mqtt:', 'tcp:']);
const PLAIN_PORT = 1883;
const TLS_PORT = 8883;

/** Who connects. */
export interface BrokerCredentials {
  readonly user: string;
  readonly password?: string | undefined;
}

/** Files in PEM, read anew for each connection, so that renewed certificates count from the next one on. */
export interface BrokerTls {
  /** Authority that signed the broker's certificate; the ones that the system trusts unless given. */
  readonly ca?: string | undefined;
  /** Certificate of the bridge, and its key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Name that the broker's certificate must hold; the host of the URL unless given. */
  readonly servername?: string | undefined;
}

/** Where a broker is, and how one enters. */
export interface BrokerEndpoint {
  /** Host and port for messages, without credentials. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly credentials: BrokerCredentials | undefined;
  /** `undefined` for a connection without TLS. */
  readonly tls: BrokerTls | undefined;
}

/**
 * Reads a URL such as `mqtts://user:password@host:8883`. Credentials that are given beside it come first.
 * @throws BridgeError `BROKER_UNREACHABLE` when it is no broker's URL
 */
export function brokerEndpoint(
  url: string,
  options: {
    readonly tls?: BrokerTls | undefined;
    readonly credentials?: BrokerCredentials | undefined;
  } = {},
): BrokerEndpoint {
  const address = brokerAddress(url);
  const { protocol, hostname, port, username, password } = new URL(url);
  const isPlain = PLAIN.has(protocol);
  const inUrl =
    username === ''
      ? undefined
      : { user: decoded(username), password: password === '' ? undefined : decoded(password) };
  return {
    address,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isPlain ? PLAIN_PORT : TLS_PORT) : Number(port),
    credentials: options.credentials ?? inUrl,
    tls: isPlain ? undefined : (options.tls ?? {}),
  };
}

/** What a TLS connection is made with. */
export interface TlsMaterial {
  readonly secureContext: SecureContext;
  /** Empty where the broker is called by an IP address, which TLS does not send. */
  readonly servername: string;
}

/**
 * Reads the files of an endpoint with TLS.
 * @throws BridgeError `TLS_FILE`
 */
export async function readTlsMaterial({ host, tls }: BrokerEndpoint): Promise<TlsMaterial> {
  const { ca, cert, key, servername } = tls ?? {};
  const paths = { ca, cert, key };
  const pems: Record<string, Buffer> = {};
  for (const [name, path] of Object.entries(paths)) {
    if (path !== undefined) pems[name] = await readPem(path);
  }
  try {
    const secureContext = createSecureContext(pems);
    return { secureContext, servername: servername ?? (isIP(host) === 0 ? host : '') };
  } catch (cause) {
    const files = Object.values(paths).filter((path) => path !== undefined);
    const message = `The files for TLS to the broker cannot be used (${files.join(', ')}). Give PEM files: an authority, or a certificate and the key that belongs to it.`;
    throw new BridgeError('TLS_FILE', message, { cause });
  }
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const message = `Cannot read ${path} for TLS to the broker. Correct the path, or let the bridge read it.`;
    throw new BridgeError('TLS_FILE', message, { cause });
  }
}

/** A lone percent sign is part of the name. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
