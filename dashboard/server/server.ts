/** The demo's web server: the page, what happens on it, and what somebody does there. */
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { DemoError } from './demo-error.ts';
import type { DemoRun } from './demo-run.ts';
import { EventHub } from './event-hub.ts';
import { EventStreams } from './event-streams.ts';
import { inUrl, namesOf, refusalOf, SAFE_HEADERS } from './guard.ts';
import { readPage } from './page-files.ts';
import { systemPulse } from './pulse.ts';
import type { Pulse } from './pulse.ts';
import { answerTo } from './refusals.ts';
import { addRoutes } from './routes.ts';
import { Stage } from './stage.ts';
import type { StartRun } from './stage.ts';

const STATE_MS = 250;
const BEAT_MS = 10_000;
const BODY_BYTES_MAX = 4_096;
/** Keys of objects may be that long. */
const PARAM_LENGTH_MAX = 1_024;

/** How the demo is served. */
export interface DemoServerOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Folder of the built page. */
  readonly page: string;
  readonly start: StartRun;
  readonly pulse?: Pulse | undefined;
}

/** A server that listens. */
export interface DemoServer {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  /** The first run, as soon as it goes on; rejects when it cannot be started. */
  readonly started: Promise<DemoRun>;
  /** Ends the run, tells all pages goodbye, and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves the page, and begins a run.
 *
 * @throws DemoError PAGE_MISSING, PORT_TAKEN, LISTEN_FAILED
 */
export async function openDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { host, port, start, pulse = systemPulse } = options;
  const page = await readPage(options.page);
  const hub = new EventHub();
  const events = new EventStreams();
  const signals = new EventStreams();
  const stage = new Stage(start, (run) => {
    signals.end();
    hub.show(run);
  });
  const app = newApp(host);
  addRoutes(app, { stage, hub, events, signals, page, pulse });
  await listen(app, host, port);
  const pulses = [
    pulse(STATE_MS, () => hub.pump()),
    pulse(BEAT_MS, () => {
      events.beat();
      signals.beat();
    }),
  ];
  const started = stage.begin();
  // Whoever opened the server hears of it where it waits for the run.
  started.catch(() => undefined);
  return {
    url: urlOf(app, host),
    started,
    close: async () => {
      for (const end of pulses) end();
      await stage.close();
      events.end();
      await app.close();
    },
  };
}

function newApp(host: string): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_BYTES_MAX,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // Addresses that cannot be decoded come by no hook.
    frameworkErrors: (error, _, { raw }) => {
      const { status, refusal } = answerTo(error);
      raw.writeHead(status, { ...SAFE_HEADERS, 'content-type': 'application/json; charset=utf-8' });
      raw.end(JSON.stringify(refusal));
    },
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
  });
  // A form of another page could send that without asking first; JSON it cannot.
  app.removeContentTypeParser('text/plain');
  const names = namesOf(host);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SAFE_HEADERS);
    const { host: called, origin } = request.headers;
    const refusal = refusalOf({ host: called, origin }, names);
    done(refusal === undefined ? undefined : new DemoError('REQUEST_FOREIGN', refusal));
  });
  app.setErrorHandler((error, _, reply) => {
    const { status, refusal } = answerTo(error);
    return reply.status(status).send(refusal);
  });
  app.setNotFoundHandler((request) => {
    throw new DemoError('NOT_FOUND', `There is nothing at ${request.method} ${request.url}.`);
  });
  return app;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (isTaken) {
      const message = `Port ${port} of ${host} is taken, maybe by another demo. Stop that, or choose another port with --port; 0 takes a free one.`;
      throw new DemoError('PORT_TAKEN', message, { cause });
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot listen on port ${port} of ${host}: ${reason}. Check --host and --port.`;
    throw new DemoError('LISTEN_FAILED', message, { cause });
  }
}

/** A server on all addresses is reached on this machine by its loopback address. */
function urlOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${inUrl(name)}:${port}/`;
}
