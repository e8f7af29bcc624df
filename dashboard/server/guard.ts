/**
 * Who may talk to the demo's server: pages that it served itself, and programs on the same machine. A page of somebody
 * else that is open in the same browser could otherwise reach it, by its address or by a name that it gives to that address.
 */
import { hostname, networkInterfaces } from 'node:os';

const HOST_HEADER = /^(?<name>\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const EVERYWHERE = ['0.0.0.0', '::'];

/** The headers of each answer. Scripts and styles come from files of ours alone, and nobody may put the page in a frame. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The headers of a request that decide. */
export interface Credentials {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** The names by which a server that listens on `host` may be called: on all addresses, this machine's own ones too. */
export function namesOf(host: string): ReadonlySet<string> {
  const own = EVERYWHERE.includes(host) ? [hostname(), ...ownAddresses()] : [host];
  return new Set([...LOOPBACK, ...own.map((name) => inUrl(name).toLowerCase())]);
}

/** Why a request is refused, or `undefined` when it may pass. */
export function refusalOf(request: Credentials, names: ReadonlySet<string>): string | undefined {
  const host = request.host?.toLowerCase() ?? '';
  const name = HOST_HEADER.exec(host)?.groups?.['name'];
  if (name === undefined || !names.has(name)) {
    return `This server is not called "${host}". Open it by the address that "stedi demo" printed, or give that name with --host.`;
  }
  if (request.origin !== undefined && request.origin.toLowerCase() !== `http://${host}`) {
    return 'Only the page that this server serves may ask it.';
  }
  return undefined;
}

/** An address or a name as it stands in a URL: IPv6 in brackets. */
export function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address);
}
