/** One browser that listens: server-sent events (HTML Living Standard, 9.2) over a response that stays open. */
import type { ServerResponse } from 'node:http';

/** Bytes that may wait for a client before it counts as slow: some ten states. */
const WAITING_BYTES_MAX = 256 * 1024;
/** How long a browser waits before it comes back, in ms. */
const RETRY_MS = 1_000;

/** What a stream needs of a response. */
export type StreamResponse = Pick<
  ServerResponse,
  'writeHead' | 'write' | 'end' | 'on' | 'once' | 'writableLength'
>;

/** A stream of events to one client. Who sends asks {@link isSlow} first, and leaves out what the next event makes old. */
export class EventStream {
  readonly #response: StreamResponse;
  #isOpen = true;

  constructor(response: StreamResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    response.once('close', () => (this.#isOpen = false));
    // A client that goes while something is written is gone, and nothing worse.
    response.on('error', () => (this.#isOpen = false));
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether more than enough waits for the client already. */
  get isSlow(): boolean {
    return this.#response.writableLength > WAITING_BYTES_MAX;
  }

  /** Sends an event whose data is one line of JSON. A client that comes back names the last id that it got. */
  send(event: string, json: string, id?: string): void {
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`${head}event: ${event}\ndata: ${json}\n\n`);
  }

  /** Shows the client, and whatever is between, that the stream lives. */
  beat(): void {
    if (!this.isSlow) this.#write(': alive\n\n');
  }

  onClose(listener: () => void): void {
    if (this.#isOpen) this.#response.once('close', listener);
    else listener();
  }

  /** Ends the stream. The client comes back by itself. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#isOpen) this.#response.write(text);
  }
}
