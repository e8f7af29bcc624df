/** The demo's server over acted runs, with the page as it is built for users. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { openDemoServer } from '../../../dashboard/server/server.ts';
import type { DemoServer } from '../../../dashboard/server/server.ts';
import type { StartRun } from '../../../dashboard/server/stage.ts';
import { builtCommand } from '../../built-command.ts';
import { ActedRun, USUAL } from '../acted-run.ts';
import type { Role } from '../acted-run.ts';

let runs = 0;

/** Serves acted runs in a role until the test ends, on a free port unless one is given. */
export function serveActed(role: Partial<Role> = {}, port = 0): Promise<DemoServer> {
  return serve(port, () => {
    runs += 1;
    return Promise.resolve(new ActedRun(`acted-${runs}`, { ...USUAL, ...role }));
  });
}

/** Serves the page of a run that is being started until the test ends. */
export function serveStarting(): Promise<DemoServer> {
  return serve(0, (stop) => {
    return new Promise((_resolve, reject) => {
      stop.addEventListener('abort', () => reject(stop.reason as Error));
    });
  });
}

async function serve(port: number, start: StartRun): Promise<DemoServer> {
  const page = fileURLToPath(new URL('../dashboard/page/', pathToFileURL(builtCommand())));
  const server = await openDemoServer({ host: '127.0.0.1', port, page, start });
  let closed: Promise<void> | undefined;
  const closeOnce = (): Promise<void> => (closed ??= server.close());
  onTestFinished(closeOnce);
  return { ...server, close: closeOnce };
}
