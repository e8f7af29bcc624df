import { once } from 'node:events';
import { constants, createGzip } from 'node:zlib';

/** Lines go to the compressor in pieces of this size, whatever the records are: the same lines make the same bytes. */
const PIECE_BYTES = 1 << 20;
const OUTPUT_CHUNK_BYTES = 1 << 18;

/** Makes one gzip member of lines. */
export type CompressLines = (lines: readonly Uint8Array[]) => Uint8Array | Promise<Uint8Array>;

/** Compresses on the thread pool, at level 1 and without a time in the header, a piece at a time. */
export async function gzipLines(lines: readonly Uint8Array[]): Promise<Uint8Array> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: OUTPUT_CHUNK_BYTES });
  const output: Uint8Array[] = [];
  gzip.on('data', (chunk: Uint8Array) => output.push(chunk));
  const ended = once(gzip, 'end');
  for (const piece of inPieces(lines)) {
    if (!gzip.write(piece)) await once(gzip, 'drain');
  }
  gzip.end();
  await ended;
  return Buffer.concat(output);
}

/** The same bytes in pieces of one size, so that there is no second copy of a whole segment. */
function* inPieces(lines: readonly Uint8Array[]): Generator<Uint8Array> {
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let used = 0;
  for (const line of lines) {
    for (let from = 0; from < line.length;) {
      const part = line.subarray(from, from + PIECE_BYTES - used);
      piece.set(part, used);
      used += part.length;
      from += part.length;
      if (used < PIECE_BYTES) continue;
      yield piece;
      // The compressor may still read the last one.
      piece = Buffer.allocUnsafe(PIECE_BYTES);
      used = 0;
    }
  }
  if (used > 0) yield piece.subarray(0, used);
}
