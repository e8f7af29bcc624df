/** What the demo's server answers to, as {@link ../api.ts} has it. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Deed } from '../api.ts';
import { DemoError } from './demo-error.ts';
import type { RowQuery } from './demo-run.ts';
import type { EventHub } from './event-hub.ts';
import type { EventStreams } from './event-streams.ts';
import type { PageFile } from './page-files.ts';
import type { Pulse } from './pulse.ts';
import {
  DEED,
  EMPTY,
  OBJECT_PARAMS,
  OBJECTS_QUERY,
  READING_PARAMS,
  ROWS_QUERY,
  SIGNALS_QUERY,
} from './request-schemas.ts';
import type { ObjectQuery } from './request-schemas.ts';
import { relaySignals } from './signal-relay.ts';
import type { Stage } from './stage.ts';

/** What the routes work on. */
export interface RouteParts {
  readonly stage: Stage;
  readonly hub: EventHub;
  /** Streams that outlive a run. */
  readonly events: EventStreams;
  /** Streams of one run's signals. */
  readonly signals: EventStreams;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly pulse: Pulse;
}

/** Adds all routes. What a request holds is checked against its schema before a handler sees it. */
export function addRoutes(app: FastifyInstance, parts: RouteParts): void {
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data: unknown) => {
    const { error, data: value } = schema.safeParse(data);
    return error === undefined ? { value } : { error };
  });
  addStreams(app, parts);
  addDeeds(app, parts);
  addDownloads(app, parts);
  addLooksBehind(app, parts);
  app.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const file = parts.page.get(path);
    if (file === undefined) throw new DemoError('NOT_FOUND', `There is nothing at ${path}.`);
    return reply.type(file.type).send(file.bytes);
  });
}

function addStreams(app: FastifyInstance, parts: RouteParts): void {
  const { stage, hub, events, signals, pulse } = parts;
  app.get('/api/run', () => stage.run.facts);
  app.get('/api/events', (request, reply) => {
    const last = request.headers['last-event-id'];
    hub.add(events.open(reply), typeof last === 'string' ? last : undefined);
  });
  app.get<{ Querystring: z.infer<typeof SIGNALS_QUERY> }>(
    '/api/signals',
    { schema: { querystring: SIGNALS_QUERY } },
    (request, reply) => {
      const { run } = stage;
      const { person } = request.query;
      if (!run.facts.people.some(({ id }) => id === person)) {
        throw new DemoError('NOT_FOUND', `There is no person ${person} in this run.`);
      }
      relaySignals(signals.open(reply), { run, person, pulse });
    },
  );
}

function addDeeds(app: FastifyInstance, { stage, hub }: RouteParts): void {
  app.post<{ Body: Deed }>('/api/deeds', { schema: { body: DEED } }, async (request) => {
    const done = await stage.run.do(request.body);
    hub.pump();
    return done;
  });
  app.post('/api/restart', { schema: { body: EMPTY } }, async () => (await stage.begin()).facts);
}

function addDownloads(app: FastifyInstance, { stage }: RouteParts): void {
  app.get('/api/scenario', (_, reply) => {
    const { run } = stage;
    return reply
      .type('application/yaml; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileStem(run.facts)}.yaml"`)
      .send(run.savedScenario());
  });
  app.get('/api/report', async (_, reply) => {
    const { run } = stage;
    const report = await run.report();
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileStem(run.facts)}.html"`)
      .send(report);
  });
}

function addLooksBehind(app: FastifyInstance, { stage }: RouteParts): void {
  app.get<{ Querystring: RowQuery }>(
    '/api/rows',
    { schema: { querystring: ROWS_QUERY } },
    (request) => stage.run.rows(request.query),
  );
  app.get<{ Params: z.infer<typeof READING_PARAMS> }>(
    '/api/readings/:reading',
    { schema: { params: READING_PARAMS } },
    (request) => stage.run.reading(request.params.reading),
  );
  app.get<{ Querystring: ObjectQuery }>(
    '/api/objects',
    { schema: { querystring: OBJECTS_QUERY } },
    (request) => stage.run.objects(request.query.table),
  );
  app.get<{ Params: z.infer<typeof OBJECT_PARAMS> }>(
    '/api/objects/*',
    { schema: { params: OBJECT_PARAMS } },
    async (request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send(Buffer.from(await stage.run.objectBytes(request.params['*']))),
  );
}

/** The name of a file that is saved: of the scenario's title, and the seed. */
function fileStem({ title, seed }: { readonly title: string; readonly seed: number }): string {
  const words = title.toLowerCase().match(/[a-z\d]+/g) ?? [];
  return [...words.slice(0, 6), 'seed', seed].join('-');
}
