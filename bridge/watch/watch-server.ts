/** `/metrics`, `/healthz` and `/readyz` over HTTP. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BridgeError } from '../bridge-error.ts';
import type { BridgeMetrics } from './bridge-metrics.ts';
import type { BridgeStatus } from './bridge-status.ts';
import { judgeReadiness } from './readiness.ts';

const REQUEST_MS_MAX = 10_000;
const HEADER_BYTES_MAX = 8_192;
const CONNECTIONS_MAX = 64;

/** Where to listen, and what to tell. */
export interface WatchOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly metrics: Pick<BridgeMetrics, 'render' | 'contentType'>;
  readonly status: () => BridgeStatus;
}

/** A server that runs. */
export interface WatchServer {
  /** Such as `http://127.0.0.1:9464`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Begins to answer. @throws BridgeError `LISTEN_FAILED` */
export async function startWatchServer(options: WatchOptions): Promise<WatchServer> {
  const { host, port } = options;
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, requestTimeout: REQUEST_MS_MAX },
    (request, response) => {
      answer(request, options).then(
        (reply) => send(response, reply, request.method === 'HEAD'),
        // A source that fails is a defect; the scrape shall fail, not the bridge.
        () => send(response, { status: 500, type: TEXT, body: 'Cannot tell.\n' }, false),
      );
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'no reason given';
    throw new BridgeError(
      'LISTEN_FAILED',
      `Cannot listen on ${host}:${port} for --watch (${code}). Choose another port, or end what uses it.`,
      { cause },
    );
  }
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';

async function answer(
  { method, url = '' }: IncomingMessage,
  { metrics, status }: WatchOptions,
): Promise<Reply> {
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, type: TEXT, body: 'Only GET and HEAD.\n' };
  }
  switch (url.split('?', 1)[0]) {
    case '/metrics':
      return { status: 200, type: metrics.contentType, body: await metrics.render(status()) };
    case '/healthz':
      return { status: 200, type: JSON_TYPE, body: '{"alive":true}\n' };
    case '/readyz': {
      const readiness = judgeReadiness(status());
      const body = `${JSON.stringify(readiness)}\n`;
      return { status: readiness.ready ? 200 : 503, type: JSON_TYPE, body };
    }
    default:
      return { status: 404, type: TEXT, body: 'There are /metrics, /healthz and /readyz.\n' };
  }
}

function send(response: ServerResponse, { status, type, body }: Reply, headOnly: boolean): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(headOnly ? undefined : body);
}
