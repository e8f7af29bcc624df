/** A real bridge that is killed when the storage has answered and the spool does not know yet, again and again. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { drawInteger } from '../../simulator/core/random.ts';
import { INSTANTS } from './measure.ts';
import { expectNothingLost, ProcessStage } from './process-stage.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

test('SIGKILL between the answer of the storage and the mark in the spool, at many instants', async () => {
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
  expectNothingLost(await stage.finish());
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
