/** What a broker may listen to without more ado, and what it needs for that. */
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { BlockList, isIPv6 } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { TlsOptions } from 'node:tls';

import { BridgeError } from '../bridge-error.ts';
import type { PhoneBrokerOptions } from './phone-broker.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

type Policy = Pick<
  PhoneBrokerOptions,
  'listen' | 'tls' | 'clientCaFile' | 'usersFile' | 'allowInsecure'
>;

/**
 * The address to listen at, once it is clear that strangers cannot publish there or listen in on passwords.
 * @throws BridgeError `LISTEN_INSECURE`, `LISTEN_FAILED`, `TLS_FILE`
 */
export async function decideAddress(options: Policy): Promise<string> {
  const { listen, tls, clientCaFile, usersFile, allowInsecure = false } = options;
  if (clientCaFile !== undefined && tls === undefined) {
    const message =
      'Client certificates need TLS. Give the broker a certificate and a key as well.';
    throw new BridgeError('TLS_FILE', message);
  }
  const address = await resolveHost(listen.host);
  if (allowInsecure || isLoopback(address)) return address;
  if (usersFile === undefined && clientCaFile === undefined) {
    const message = `At ${listen.host}, everybody could publish to the broker. Give it users or client certificates, listen at 127.0.0.1, or allow it expressly.`;
    throw new BridgeError('LISTEN_INSECURE', message);
  }
  if (tls === undefined) {
    const message = `At ${listen.host}, passwords would be readable on the network. Give the broker a certificate and a key, listen at 127.0.0.1, or allow it expressly.`;
    throw new BridgeError('LISTEN_INSECURE', message);
  }
  return address;
}

async function resolveHost(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    const message = `The broker cannot listen at ${host}: it is no address of a machine. Use an address of this machine.`;
    throw new BridgeError('LISTEN_FAILED', message, { cause: error });
  }
}

/**
 * Reads what TLS needs; `undefined` without TLS.
 * @throws BridgeError `TLS_FILE` when a file cannot be read or is not what it should be
 */
export async function readTls(
  options: Pick<PhoneBrokerOptions, 'tls' | 'clientCaFile'>,
): Promise<TlsOptions | undefined> {
  const { tls, clientCaFile } = options;
  if (tls === undefined) return undefined;
  const [cert, key] = await Promise.all([readPem(tls.certFile), readPem(tls.keyFile)]);
  const ca = clientCaFile === undefined ? undefined : await readPem(clientCaFile);
  const files = [tls.certFile, tls.keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])];
  const secure = { cert, key, ...(ca === undefined ? {} : { ca }) };
  try {
    createSecureContext(secure);
  } catch (error) {
    const message = `TLS cannot begin with ${files.join(', ')}. Give the server's certificate chain, its own key without a passphrase, and for clients their authority's certificate, all in PEM.`;
    throw new BridgeError('TLS_FILE', message, { cause: error });
  }
  const asksClients = ca !== undefined;
  return {
    ...secure,
    minVersion: 'TLSv1.2',
    requestCert: asksClients,
    rejectUnauthorized: asksClients,
  };
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
    const message = `${path} cannot be read (${code}). Name a PEM file that this user may read.`;
    throw new BridgeError('TLS_FILE', message, { cause: error });
  }
}
