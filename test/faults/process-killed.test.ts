/** A real bridge that is killed, and one that is told to stop, in the middle of its work, again and again. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { drawInteger } from '../../simulator/core/random.ts';
import { ProcessStage } from './process-stage.ts';
import type { ProcessVerdict } from './process-stage.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const INSTANTS = 20;
/** A life ends after so many more acknowledgements, at most. */
const MESSAGES_MAX = 200;

function expectAll({ verdict, trustedRows, distinctRows }: ProcessVerdict): void {
  expect(verdict.violations).toEqual([]);
  expect(verdict.quarantined).toBeGreaterThan(0);
  expect(distinctRows).toBeGreaterThan(INSTANTS);
  expect(trustedRows).toBe(distinctRows);
}

test('SIGKILL at 20 instants: what was acknowledged lands, once in the trusted zone', async () => {
  const stage = await ProcessStage.open(1);
  for (let instant = 1; instant <= INSTANTS; instant++) {
    await stage.acknowledgedMore(drawInteger(stage.random, 1, MESSAGES_MAX));
    await stage.bridge.kill();
    await stage.bridge.start();
  }
  expectAll(await stage.finish());
  expect(stage.bridge.starts).toBe(INSTANTS + 1);
});

test('SIGTERM at 20 instants: it ends in order, and loses nothing', async () => {
  const stage = await ProcessStage.open(2);
  for (let instant = 1; instant <= INSTANTS; instant++) {
    await stage.acknowledgedMore(drawInteger(stage.random, 1, MESSAGES_MAX));
    expect(await stage.bridge.stop()).toBe(0);
    await stage.bridge.start();
  }
  expectAll(await stage.finish());
});

test('SIGKILL between the answer of the storage and the mark in the spool, at 20 instants', async () => {
  let onStored: () => void = () => undefined;
  const stage = await ProcessStage.open(3, { frontOf: (url) => answerThen(url, () => onStored()) });
  for (let instant = 1; instant <= INSTANTS; instant++) {
    let left = drawInteger(stage.random, 1, 4);
    await new Promise<void>((resolve) => {
      onStored = () => {
        if (--left > 0) return;
        onStored = () => undefined;
        stage.bridge.killNow();
        resolve();
      };
    });
    expect(await stage.bridge.ended()).toBe(null);
    await stage.bridge.start();
  }
  expectAll(await stage.finish());
});

/** A way to the storage that gives each answer to a PUT, and calls `stored` before anything can come of it. */
async function answerThen(url: string, stored: () => void): Promise<string> {
  const target = new URL(url);
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const onward = request(
      { host: target.hostname, port: target.port, method, path, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        response.once('finish', () => {
          if (method === 'PUT') stored();
        });
      },
    );
    onward.once('error', () => response.destroy());
    response.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
