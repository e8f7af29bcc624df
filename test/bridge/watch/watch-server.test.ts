import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { BridgeStatus } from '../../../bridge/watch/bridge-status.ts';
import { startWatchServer } from '../../../bridge/watch/watch-server.ts';
import type { WatchOptions, WatchServer } from '../../../bridge/watch/watch-server.ts';
import { QUIET } from './quiet-status.ts';

async function serve(change: Partial<WatchOptions> = {}): Promise<WatchServer> {
  const server = await startWatchServer({
    host: '127.0.0.1',
    port: 0,
    metrics: { contentType: 'text/plain; version=0.0.4', render: async () => 'x 1\n' },
    status: () => QUIET,
    ...change,
  });
  onTestFinished(() => server.close());
  return server;
}

test('metrics are given as they are, with their type', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/metrics`);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    200,
    'text/plain; version=0.0.4',
    'x 1\n',
  ]);
});

test('whoever is alive says so, even with a failed spool; whoever is not ready says why, with 503', async () => {
  let status: BridgeStatus = QUIET;
  const { url } = await serve({ status: () => status });
  expect((await fetch(`${url}/readyz?verbose`)).status).toBe(200);
  status = { ...QUIET, spool: { ...QUIET.spool, state: 'failed' } };
  const [alive, ready] = [await fetch(`${url}/healthz`), await fetch(`${url}/readyz`)];
  expect([alive.status, await alive.json()]).toEqual([200, { alive: true }]);
  expect([ready.status, await ready.json()]).toMatchObject([
    503,
    { ready: false, parts: { spool: { ready: false, why: expect.stringContaining('sync') } } },
  ]);
});

test('HEAD gives the head alone; other methods and paths are refused', async () => {
  const { url } = await serve();
  const head = await fetch(`${url}/readyz`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/metrics/../secrets`)).status).toBe(404);
});

test('metrics that cannot be told fail the scrape and nothing else', async () => {
  const failing = { contentType: 'text/plain', render: () => Promise.reject(new RangeError('no')) };
  const { url } = await serve({ metrics: failing });
  const response = await fetch(`${url}/metrics`);
  expect([response.status, await response.text()]).toEqual([500, 'Cannot tell.\n']);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('an address that is taken is told with the option that names it', async () => {
  const { url } = await serve();
  const port = Number(new URL(url).port);
  await expect(serve({ port })).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    message: expect.stringContaining(`127.0.0.1:${port} for --watch (EADDRINUSE)`),
  });
});

test('closing does not wait for a scraper that holds its connection', async () => {
  const server = await startWatchServer({
    host: '127.0.0.1',
    port: 0,
    metrics: { contentType: 'text/plain', render: async () => '' },
    status: () => QUIET,
  });
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  await Promise.all([server.close(), ended]);
  expect(socket.destroyed).toBe(true);
});
