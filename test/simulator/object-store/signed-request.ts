/** A client that signs by hand, for requests that the SDK cannot be brought to send. Shares no code with the store. */
import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';

export interface Endpoint {
  readonly url: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface RawRequest {
  readonly method: string;
  /** Percent-encoded, exactly as it goes out. */
  readonly path: string;
  /** Decoded values. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A function gets the signature of the request, to build signed chunks on it. */
  readonly body?: string | Buffer | ((signing: Signing) => Buffer);
  /** `x-amz-content-sha256`; the hash of the body if absent. */
  readonly payloadHash?: string;
  readonly signedAt?: Date;
  /** Headers that are sent and not signed. */
  readonly unsignedHeaders?: Readonly<Record<string, string>>;
}

export interface Signing {
  readonly key: Buffer;
  readonly timestamp: string;
  readonly scope: string;
  readonly signature: string;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The client's end of the connection, which tells connections apart. */
  readonly localPort: number;
}

export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('hex');
export const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();

/** The error code of an S3 error document, or the empty string. */
export function codeOf(response: RawResponse): string {
  return /<Code>(\w+)<\/Code>/.exec(response.body)?.[1] ?? '';
}

/** Signs a request in its headers and sends it. */
export async function sendSigned(endpoint: Endpoint, raw: RawRequest): Promise<RawResponse> {
  const { target, headers, body } = signInHeaders(endpoint, raw);
  return sendRaw(endpoint, { method: raw.method, target, headers, body });
}

/** The target, headers and body of a request that is signed in its headers. */
export function signInHeaders(
  endpoint: Endpoint,
  raw: RawRequest,
): { target: string; headers: Record<string, string>; body: Buffer } {
  const plain = typeof raw.body === 'function' ? undefined : Buffer.from(raw.body ?? '');
  const payloadHash = raw.payloadHash ?? sha256(plain ?? '');
  const timestamp = stamp(raw.signedAt ?? new Date());
  const headers: Record<string, string> = {
    ...raw.headers,
    host: new URL(endpoint.url).host,
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': timestamp,
  };
  const query = canonicalQuery(raw.query ?? {});
  const signing = signCanonical(endpoint, timestamp, {
    ...raw,
    query,
    headers,
    payloadHash,
  });
  const { accessKeyId } = endpoint.credentials;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${signing.scope}, ` +
    `SignedHeaders=${signing.signedHeaders}, Signature=${signing.signature}`;
  const body = typeof raw.body === 'function' ? raw.body(signing) : (plain ?? Buffer.alloc(0));
  return {
    target: query === '' ? raw.path : `${raw.path}?${query}`,
    headers: { ...headers, ...raw.unsignedHeaders },
    body,
  };
}

/** The target of a presigned URL: path and query, to be requested with no header but the host. */
export function presign(
  endpoint: Endpoint,
  raw: Pick<RawRequest, 'method' | 'path' | 'query' | 'signedAt'> & { expiresSeconds: number },
): string {
  const timestamp = stamp(raw.signedAt ?? new Date());
  const scope = `${timestamp.slice(0, 8)}/${endpoint.region}/s3/aws4_request`;
  const query = canonicalQuery({
    ...raw.query,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${endpoint.credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': timestamp,
    'X-Amz-Expires': String(raw.expiresSeconds),
    'X-Amz-SignedHeaders': 'host',
  });
  const { signature } = signCanonical(endpoint, timestamp, {
    method: raw.method,
    path: raw.path,
    query,
    headers: { host: new URL(endpoint.url).host },
    payloadHash: 'UNSIGNED-PAYLOAD',
  });
  return `${raw.path}?${query}&X-Amz-Signature=${signature}`;
}

export interface UnsignedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Connections to use again; a new one for the request if absent. */
  readonly agent?: Agent;
}

/** Sends a request exactly as given; the path is not normalised. */
export async function sendRaw(
  endpoint: Pick<Endpoint, 'url'>,
  { method, target, headers = {}, body, agent }: UnsignedRequest,
): Promise<RawResponse> {
  const { hostname, port } = new URL(endpoint.url);
  const options = { hostname, port, method, path: target, headers, agent: agent ?? false };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(options);
    let localPort = 0;
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      localPort = incoming.socket.localPort ?? 0;
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(pieces).toString('latin1'),
          localPort,
        });
      });
    });
    outgoing.end(body);
  });
}

/** One chunk of a signed aws-chunked body, and the signature that the next one builds on. */
export function signedChunk(
  signing: Signing,
  previous: string,
  bytes: Buffer,
): { framed: Buffer; signature: string } {
  const lines = [
    'AWS4-HMAC-SHA256-PAYLOAD',
    signing.timestamp,
    signing.scope,
    previous,
    sha256(''),
    sha256(bytes),
  ];
  const signature = hmac(signing.key, lines.join('\n')).toString('hex');
  const head = `${bytes.length.toString(16)};chunk-signature=${signature}\r\n`;
  // The last chunk, which is empty, is followed by the trailers instead of a line end.
  const tail = bytes.length === 0 ? '' : '\r\n';
  return { framed: Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]), signature };
}

/** A whole aws-chunked body in which every chunk is signed, with an optional signed trailer. */
export function signedChunks(
  signing: Signing,
  chunks: readonly Buffer[],
  trailer?: readonly [name: string, value: string],
): Buffer {
  const frames: Buffer[] = [];
  let previous = signing.signature;
  for (const bytes of [...chunks, Buffer.alloc(0)]) {
    const { framed, signature } = signedChunk(signing, previous, bytes);
    frames.push(framed);
    previous = signature;
  }
  if (trailer !== undefined) {
    const [name, value] = trailer;
    const lines = [
      'AWS4-HMAC-SHA256-TRAILER',
      signing.timestamp,
      signing.scope,
      previous,
      sha256(`${name}:${value}\n`),
    ];
    const signature = hmac(signing.key, lines.join('\n')).toString('hex');
    frames.push(Buffer.from(`${name}:${value}\r\nx-amz-trailer-signature:${signature}\r\n`));
  }
  return Buffer.concat([...frames, Buffer.from('\r\n')]);
}

function signCanonical(
  endpoint: Endpoint,
  timestamp: string,
  request: {
    method: string;
    path: string;
    query: string;
    headers: Readonly<Record<string, string>>;
    payloadHash: string;
  },
): Signing & { signedHeaders: string } {
  const day = timestamp.slice(0, 8);
  const scope = `${day}/${endpoint.region}/s3/aws4_request`;
  const names = Object.keys(request.headers).sort();
  const signedHeaders = names.join(';');
  const canonical = [
    request.method,
    request.path,
    request.query,
    ...names.map((name) => `${name}:${request.headers[name] ?? ''}`),
    '',
    signedHeaders,
    request.payloadHash,
  ].join('\n');
  const secret = `AWS4${endpoint.credentials.secretAccessKey}`;
  const key = hmac(hmac(hmac(hmac(secret, day), endpoint.region), 's3'), 'aws4_request');
  const text = [
    'AWS4-HMAC-SHA256',
    timestamp,
    scope,
    sha256(Buffer.from(canonical, 'latin1')),
  ].join('\n');
  return { key, timestamp, scope, signedHeaders, signature: hmac(key, text).toString('hex') };
}

function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(query[name] ?? '')}`)
    .join('&');
}

function stamp(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}
