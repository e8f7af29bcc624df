/** The lines of an object that anybody may have put there: unpacked as they are needed, and never too much of them. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** Objects of a bridge have at most 16 MiB of lines, and damage of such a segment 22 MiB; more is not ours. */
export const UNPACKED_BYTES_MAX: number = 64 << 20;
/** An original of 1 MiB, with every byte escaped. */
export const LINE_BYTES_MAX: number = 8 << 20;

/** Why an object could not be read to its end. */
export type ObjectFault = 'not-gzip' | 'too-large' | 'line-too-long' | 'cut-off';

/** A line without its LF, numbered from 1; or, as the last, why there are no more. */
export type ObjectLine =
  | { readonly kind: 'line'; readonly number: number; readonly text: string }
  | { readonly kind: 'fault'; readonly fault: ObjectFault };

/** How much is unpacked at most. */
export interface LineLimits {
  readonly unpackedBytes: number;
  readonly lineBytes: number;
}

const LF = 0x0a;
const LIMITS: LineLimits = { unpackedBytes: UNPACKED_BYTES_MAX, lineBytes: LINE_BYTES_MAX };

/** Reads lines; `isGzip` says whether they are packed. What the source throws goes through. */
export async function* readObjectLines(
  chunks: AsyncIterable<Uint8Array>,
  isGzip: boolean,
  limits: LineLimits = LIMITS,
): AsyncGenerator<ObjectLine> {
  const rest: Uint8Array[] = [];
  let restBytes = 0;
  let unpackedBytes = 0;
  let number = 0;
  try {
    for await (const chunk of isGzip ? unpack(chunks) : chunks) {
      unpackedBytes += chunk.length;
      if (unpackedBytes > limits.unpackedBytes) return yield { kind: 'fault', fault: 'too-large' };
      let from = 0;
      for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
        const text = Buffer.concat([...rest, chunk.subarray(from, end)]).toString();
        rest.length = 0;
        restBytes = 0;
        from = end + 1;
        yield { kind: 'line', number: ++number, text };
      }
      rest.push(Buffer.from(chunk.subarray(from)));
      restBytes += chunk.length - from;
      if (restBytes > limits.lineBytes) return yield { kind: 'fault', fault: 'line-too-long' };
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const fault = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'cut-off' : 'not-gzip';
    return yield { kind: 'fault', fault };
  }
  if (restBytes > 0) yield { kind: 'fault', fault: 'cut-off' };
}

async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const source = Readable.from(chunks, { objectMode: false });
  // What goes wrong is thrown where the bytes are read.
  const fed = pipeline(source, gunzip).catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
    gunzip.destroy();
    await fed;
  }
}

function isZlibError(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return code.startsWith('Z_');
}
