import { S3Refusal } from './errors.ts';

const CR = 0x0d;
const LF = 0x0a;
const EMPTY: Buffer = Buffer.alloc(0);

/** Reads lines and counted bytes from a stream of buffers, holding no more than the buffer at hand and one line. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #buffered: Buffer = EMPTY;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The text before the next CRLF. Throws `InvalidRequest` beyond `maxBytes` and `IncompleteBody` at the end. */
  async readLine(maxBytes: number): Promise<string> {
    for (;;) {
      const end = this.#buffered.indexOf(LF);
      if (end > 0 && this.#buffered[end - 1] === CR) {
        const line = this.#buffered.toString('latin1', 0, end - 1);
        this.#buffered = this.#buffered.subarray(end + 1);
        return line;
      }
      if (end >= 0 || this.#buffered.length > maxBytes) {
        throw new S3Refusal('InvalidRequest', { message: 'A line of the body is malformed.' });
      }
      this.#buffered = Buffer.concat([this.#buffered, await this.#pull()]);
    }
  }

  /** Exactly the next `count` bytes, in pieces as they come. Throws `IncompleteBody` if there are fewer. */
  async *readPieces(count: number): AsyncGenerator<Buffer, void, undefined> {
    let missing = count;
    while (missing > 0) {
      if (this.#buffered.length === 0) this.#buffered = await this.#pull();
      const piece = this.#buffered.subarray(0, missing);
      this.#buffered = this.#buffered.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  /** Takes a CRLF. Throws `InvalidRequest` if something else follows. */
  async expectLineEnd(): Promise<void> {
    if ((await this.readLine(2)) !== '') {
      throw new S3Refusal('InvalidRequest', { message: 'A chunk is longer than it says.' });
    }
  }

  /** Takes the end of the stream. Throws `InvalidRequest` if more follows. */
  async expectEnd(): Promise<void> {
    const next = this.#buffered.length > 0 ? { done: false } : await this.#source.next();
    if (next.done !== true) {
      throw new S3Refusal('InvalidRequest', { message: 'The body goes on behind its last chunk.' });
    }
  }

  /** Lets go of the source, read to its end or not. */
  async release(): Promise<void> {
    await this.#source.return?.();
  }

  async #pull(): Promise<Buffer> {
    const next = await this.#source.next();
    if (next.done === true) throw new S3Refusal('IncompleteBody');
    return next.value;
  }
}
