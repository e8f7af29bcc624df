import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDemoServer } from '../../../dashboard/server/index.ts';
import { FakeRun } from './fake-run.ts';
import { serveFake, writePage } from './serve-fake.ts';
import type { ServedFake } from './serve-fake.ts';

function get({ server }: ServedFake, path: string): Promise<Response> {
  return fetch(new URL(path, server.url));
}

function post(
  { server }: ServedFake,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The status of a request as it is written, with headers that no browser and no fetch would send. */
async function statusOf({ server }: ServedFake, request: string): Promise<number> {
  const { port, hostname } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write(request);
  const [head] = (await once(socket, 'data')) as [Buffer];
  return Number(/^HTTP\/1.1 (\d+)/.exec(head.toString('latin1'))?.[1]);
}

test('the page is served from memory, with headers that let in nothing else', async () => {
  const served = await serveFake();
  const page = await get(served, '/');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<title>Demo</title>');
  expect((await get(served, '/page.js?v=1')).headers.get('content-type')).toContain('javascript');
});

test.each(['/notes.txt', '/server/index.js', '/..%2fpackage.json', '/api/nothing', '/%'])(
  '%s is not there',
  async (path) => {
    const answer = await get(await serveFake(), path);
    expect([400, 404]).toContain(answer.status);
    expect(await answer.json()).toEqual({
      code: expect.stringMatching(/^(NOT_FOUND|REQUEST_INVALID)$/),
      message: expect.any(String),
    });
  },
);

test('foreign names and foreign pages are refused, also when they only want to read', async () => {
  const served = await serveFake();
  const head = (host: string, more = ''): string =>
    `GET /api/run HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
  const { host } = new URL(served.server.url);
  expect(await statusOf(served, head(host))).toBe(200);
  expect(await statusOf(served, head('evil.example'))).toBe(403);
  expect(await statusOf(served, head(host, 'Origin: http://evil.example\r\n'))).toBe(403);
  expect(await statusOf(served, head(host, `Origin: http://${host}\r\n`))).toBe(200);
});

test('a deed reaches the run, and its story line is answered', async () => {
  const served = await serveFake();
  const answer = await post(served, '/api/deeds', { do: 'consent', person: 0, isGiven: false });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ atMs: 0, story: 1 });
  expect(served.runs[0]?.deeds).toEqual([{ do: 'consent', person: 0, isGiven: false }]);
});

test.each([
  ['an unknown deed', { do: 'explode' }, 400],
  ['a key too many', { do: 'pause', isOn: true, now: 1 }, 400],
  ['text for a number', { do: 'skew', ms: '300' }, 400],
  ['a speed that is too great', { do: 'speed', factor: 1_000 }, 400],
  ['half a document', '{"do":', 400],
  ['nothing', '', 400],
  ['too much', { do: 'pause', isOn: true, why: 'x'.repeat(5_000) }, 413],
  ['what the run refuses', { do: 'swap', station: 0, with: 0 }, 409],
])('%s is refused', async (_, body, status) => {
  const served = await serveFake();
  const answer = await post(served, '/api/deeds', body);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ code: expect.any(String), message: expect.any(String) });
  expect(served.runs[0]?.deeds).toEqual([]);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
  'a deed that is sent as "%s" is refused: other pages can send that unasked',
  async (type) => {
    const served = await serveFake();
    const body = JSON.stringify({ do: 'pause', isOn: true });
    const answer = await post(served, '/api/deeds', body, { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(served.runs[0]?.deeds).toEqual([]);
  },
);

test('downloads have a name that tells the scenario and its seed', async () => {
  const served = await serveFake();
  const scenario = await get(served, '/api/scenario');
  expect(scenario.headers.get('content-disposition')).toBe(
    'attachment; filename="shared-serials-and-a-demo-s-seed-7.yaml"',
  );
  expect(await scenario.text()).toBe('version: 1\n');
  const report = await get(served, '/api/report');
  expect(report.headers.get('content-disposition')).toContain('seed-7.html"');
  expect(await report.text()).toContain('<title>Report</title>');
});

test('numbers lead to rows, readings and objects', async () => {
  const served = await serveFake();
  const rows = '/api/rows?policy=strict&table=customer_trusted&what=leaked&offset=2';
  expect(await (await get(served, rows)).json()).toMatchObject({ total: 3, offset: 2 });
  expect(await (await get(served, '/api/readings/17')).json()).toMatchObject({ reading: 17 });
  expect(await (await get(served, '/api/objects')).json()).toMatchObject({ total: 1 });
  const objects = await get(served, '/api/objects?table=quarantine');
  expect(await objects.json()).toMatchObject({ objects: [{ key: 'quarantine/a.json' }] });
  expect(await (await get(served, '/api/objects/customer_landing/a.json')).text()).toBe('{}\n');
});

test.each([
  ['/api/rows?policy=strict&table=users&what=all', 400],
  ['/api/rows?policy=strict&table=customer_trusted&what=all&offset=-1', 400],
  ['/api/readings/one', 400],
  ['/api/objects?table=../etc', 400],
  ['/api/objects/..%2f..%2fetc%2fpasswd', 404],
  ['/api/signals?person=9', 404],
  ['/api/signals', 400],
])('%s is answered with %i', async (path, status) => {
  expect((await get(await serveFake(), path)).status).toBe(status);
});

test('a run that begins anew takes the place of the old one, which is gone by then', async () => {
  const served = await serveFake();
  await served.server.started;
  const answer = await post(served, '/api/restart', {});
  expect(await answer.json()).toMatchObject({ runId: 'run-2' });
  expect(served.runs.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(await (await get(served, '/api/run')).json()).toMatchObject({ runId: 'run-2' });
});

test('before there is a run, and when it cannot be started, the page is told why', async () => {
  let fail: (cause: Error) => void = () => undefined;
  const start = (): Promise<FakeRun> =>
    new Promise((_, reject) => {
      fail = reject;
    });
  const served = await serveFake({ start });
  const before = await get(served, '/api/run');
  expect([before.status, await before.json()]).toMatchObject([503, { code: 'DEMO_STARTING' }]);
  fail(new TypeError('No ports are left.'));
  await expect(served.server.started).rejects.toThrow('No ports are left.');
  const after = await get(served, '/api/run');
  expect([after.status, await after.json()]).toEqual([
    500,
    { code: 'START_FAILED', message: 'The run could not be started. No ports are left.' },
  ]);
});

test('closing ends the run and every pulse, and frees the port', async () => {
  const served = await serveFake();
  await served.server.started;
  await served.server.close();
  expect(served.runs[0]?.isClosed).toBe(true);
  expect(served.hand.size).toBe(0);
  await expect(get(served, '/api/run')).rejects.toThrow('fetch failed');
});

test('a port that is taken is told as such', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const start = (): Promise<FakeRun> => Promise.resolve(new FakeRun());
  const options = { host: '127.0.0.1', port, page: await writePage(), start };
  await expect(openDemoServer(options)).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('--port') as string,
  });
});

test('a page that is not built is told as such', async () => {
  const page = join(tmpdir(), 'stedi-no-page');
  const start = (): Promise<FakeRun> => Promise.resolve(new FakeRun());
  await expect(openDemoServer({ host: '127.0.0.1', port: 0, page, start })).rejects.toMatchObject({
    code: 'PAGE_MISSING',
  });
});
