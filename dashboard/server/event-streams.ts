/** The streams that are open: so many and no more, each with a sign of life, all ended together. */
import type { FastifyReply } from 'fastify';
import { DemoError } from './demo-error.ts';
import { EventStream } from './event-stream.ts';
import { SAFE_HEADERS } from './guard.ts';

/** Pages with two streams each: more than an audience opens. */
const STREAMS_MAX = 100;

/** The open streams of one kind. */
export class EventStreams {
  readonly #open = new Set<EventStream>();

  /** Makes a stream of an answer. @throws DemoError TOO_MANY_STREAMS */
  open(reply: FastifyReply): EventStream {
    if (this.#open.size >= STREAMS_MAX) {
      const message = `${STREAMS_MAX} streams are open already. Close pages that nobody looks at.`;
      throw new DemoError('TOO_MANY_STREAMS', message);
    }
    reply.hijack();
    const stream = new EventStream(reply.raw, SAFE_HEADERS);
    this.#open.add(stream);
    stream.onClose(() => this.#open.delete(stream));
    return stream;
  }

  /** Tells all clients that their streams live. */
  beat(): void {
    for (const stream of this.#open) stream.beat();
  }

  /** Ends all streams. */
  end(): void {
    for (const stream of this.#open) stream.end();
  }
}
