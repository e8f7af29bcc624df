/** Reads server-sent events as a browser does. */
import { onTestFinished } from 'vitest';

/** One event. */
export interface ReadEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** A client that takes events one by one. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #abort: AbortController;
  readonly #decoder = new TextDecoder();
  #text = '';

  constructor(body: ReadableStream<Uint8Array>, abort: AbortController) {
    this.#reader = body.getReader();
    this.#abort = abort;
  }

  /** The next event or comment; `undefined` when the stream has ended. */
  async next(): Promise<ReadEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (!block.startsWith('retry:')) return parseBlock(block);
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next so many events. */
  async take(count: number): Promise<(ReadEvent | undefined)[]> {
    const events: (ReadEvent | undefined)[] = [];
    for (let index = 0; index < count; index++) events.push(await this.next());
    return events;
  }

  close(): void {
    this.#abort.abort();
  }
}

function parseBlock(block: string): ReadEvent {
  if (block.startsWith(':')) return { event: 'comment', id: undefined, data: undefined };
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id'),
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}

/** Opens a stream, until the test is over. */
export async function readEvents(
  url: URL,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(url, { headers, signal: abort.signal });
  if (response.body === null || response.status !== 200) {
    throw new TypeError(`No stream at ${url.pathname}: ${response.status}`);
  }
  return new EventReader(response.body, abort);
}
