import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isBucketName } from './bucket-name.ts';
import { ObjectStoreError } from './errors.ts';
import { exchange, type ExchangeContext } from './exchange.ts';
import type { ChooseFault } from './faults.ts';
import type { Credentials } from './signature-v4.ts';
import { openStoreFolders, type StoreFolders } from './store-folders.ts';
import { errorDocument } from './xml.ts';

/** How to start an object store. */
export interface ObjectStoreOptions {
  /** The folder that holds buckets and objects; created if it does not exist. One store per folder. */
  readonly root: string;
  /** 127.0.0.1 if absent. */
  readonly host?: string;
  /** 0 or absent for a free one. */
  readonly port?: number;
  /** The only key pair that is accepted. */
  readonly credentials: Credentials;
  /** us-east-1 if absent. */
  readonly region?: string;
  /** Buckets that there are from the start. */
  readonly buckets?: readonly string[];
  /** Chooses the requests that fail on purpose; none if absent. */
  readonly fault?: ChooseFault;
}

/** A running object store. */
export interface ObjectStore {
  /** Endpoint for S3 clients, without a slash at its end; address buckets by path. */
  readonly url: string;
  readonly port: number;
  /** Drops all connections, lets running operations end, and frees the port. The folder stays. */
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_REGION = 'us-east-1';
/** Longer than clients keep idle connections, so that none is closed under a client's hands. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts an S3 endpoint over a folder.
 *
 * @throws ObjectStoreError CREDENTIALS_EMPTY, BUCKET_NAME_INVALID, ROOT_UNUSABLE, PORT_BUSY or ADDRESS_UNUSABLE.
 */
export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const { credentials, host = DEFAULT_HOST, port = 0 } = options;
  if (credentials.accessKeyId === '' || credentials.secretAccessKey === '') {
    const message = 'The object store needs an access key id and a secret access key.';
    throw new ObjectStoreError('CREDENTIALS_EMPTY', message);
  }
  let requests = 0;
  const context: ExchangeContext = {
    store: openFolder(options),
    credentials,
    chooseFault: options.fault ?? (() => undefined),
    nextOrdinal: () => ++requests,
  };
  const running = new Set<Promise<void>>();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) => {
    const done = exchange(message, response, context).finally(() => running.delete(done));
    running.add(done);
  });
  server.on('clientError', refuseUnreadable);
  const address = await listen(server, host, port);
  const urlHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${urlHost}:${address.port}`,
    port: address.port,
    close: () => close(server, running),
  };
}

function openFolder({ root, region, buckets = [] }: ObjectStoreOptions): StoreFolders {
  const invalid = buckets.find((name) => !isBucketName(name));
  if (invalid !== undefined) {
    const message = `"${invalid}" cannot be a bucket: use 3 to 63 lower-case letters, digits and hyphens.`;
    throw new ObjectStoreError('BUCKET_NAME_INVALID', message);
  }
  try {
    const store = openStoreFolders(root, region ?? DEFAULT_REGION);
    const existing = new Set(store.objects.listBuckets().map(({ name }) => name));
    for (const bucket of buckets) {
      if (!existing.has(bucket)) store.objects.createBucket(bucket);
    }
    return store;
  } catch (cause) {
    const message = `Cannot keep objects in ${root}: make it a folder that can be written to.`;
    throw new ObjectStoreError('ROOT_UNUSABLE', message, { cause });
  }
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  try {
    await listening;
  } catch (cause) {
    throw listenError(host, port, cause);
  }
  return server.address() as AddressInfo;
}

function listenError(host: string, port: number, cause: unknown): ObjectStoreError {
  if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken: stop its user, or use port 0 for a free one.`;
    return new ObjectStoreError('PORT_BUSY', message, { cause });
  }
  const message = `Cannot listen on ${host} port ${port}: use an address of this machine and a free port from 1024 to 65535, or 0.`;
  return new ObjectStoreError('ADDRESS_UNUSABLE', message, { cause });
}

async function close(server: Server, running: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await Promise.all([closed, ...running]);
}

/** Answers what Node's HTTP parser refuses, such as headers beyond its limit of 16 KiB. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const code = tooLong ? 'RequestHeaderSectionTooLarge' : 'BadRequest';
  const document = errorDocument({ Code: code, Message: 'The request is not readable.' });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: ${Buffer.byteLength(document)}\r\nConnection: close\r\n\r\n${document}`,
  );
}
