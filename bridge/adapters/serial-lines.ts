import { ReadlineParser } from '@serialport/parser-readline';

import { LineGuard, MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';

const LINE_FEED = '\n';

/**
 * Cuts the byte stream of one port into lines and holds at most one line of it, whatever arrives.
 *
 * Lines come out while `push` runs, so that a virtual clock stands still meanwhile. Each is latin1, one character per
 * byte, without the LF; a CR may remain, and empty lines come too: what is a line is for the decoder to say.
 */
export class SerialLines {
  // Devices of level 0 send whole records, which are longer than any framed line.
  readonly #guard = new LineGuard(MAX_RAW_LINE_BYTES);
  // Without its delimiter, the parser would drop empty lines.
  readonly #parser = new ReadlineParser({
    delimiter: LINE_FEED,
    encoding: 'latin1',
    includeDelimiter: true,
  });
  readonly #onDiscarded: (bytes: number) => void;

  /** `onDiscarded` is told how many bytes of an overlong line were thrown away. */
  constructor(onLine: (line: string) => void, onDiscarded: (bytes: number) => void) {
    this.#onDiscarded = onDiscarded;
    this.#parser.on('data', (line: string) => onLine(line.slice(0, -LINE_FEED.length)));
  }

  /** Takes the next bytes of the stream. A listener may push, too: its lines come out after those of the chunk at hand. */
  push(chunk: Uint8Array): void {
    const { bytes, discardedBytes } = this.#guard.pass(chunk);
    if (discardedBytes > 0) this.#onDiscarded(discardedBytes);
    if (bytes.length > 0) this.#parser.write(bytes);
  }

  /** Ends the stream and gives back the half line that was cut off, or ''. Nothing may be pushed afterwards. */
  end(): string {
    // Ending the parser would emit the half line as if it were whole.
    const cut = this.#parser.buffer.toString('latin1');
    this.#parser.destroy();
    return cut;
  }
}
