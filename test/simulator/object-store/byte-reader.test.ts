import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../simulator/object-store/byte-reader.ts';
import { pieces, refusalCode } from './fake-request.ts';

function reader(text: string, pieceBytes = 3): ByteReader {
  return new ByteReader(pieces(Buffer.from(text), pieceBytes));
}

async function take(source: ByteReader, count: number): Promise<string> {
  const taken: Buffer[] = [];
  for await (const piece of source.readPieces(count)) taken.push(piece);
  return Buffer.concat(taken).toString();
}

describe('ByteReader', () => {
  it.each([1, 2, 3, 100])('reads lines and counted bytes from pieces of %i', async (pieceBytes) => {
    const source = reader('first\r\n\r\nten bytes!\r\nlast\r\n', pieceBytes);
    expect(await source.readLine(100)).toBe('first');
    expect(await source.readLine(100)).toBe('');
    expect(await take(source, 10)).toBe('ten bytes!');
    await source.expectLineEnd();
    expect(await source.readLine(100)).toBe('last');
    await source.expectEnd();
  });

  it('gives counted bytes as they come, not gathered', async () => {
    const sizes: number[] = [];
    for await (const piece of reader('0123456789').readPieces(8)) sizes.push(piece.length);
    expect(sizes).toEqual([3, 3, 2]);
  });

  it('refuses a stream that ends too early', async () => {
    expect(await refusalCode(async () => reader('no end').readLine(100))).toBe('IncompleteBody');
    expect(await refusalCode(async () => take(reader('12345'), 6))).toBe('IncompleteBody');
  });

  it('refuses a line without CR, and one that is too long', async () => {
    expect(await refusalCode(async () => reader('bare\n').readLine(100))).toBe('InvalidRequest');
    expect(await refusalCode(async () => reader('\n').readLine(100))).toBe('InvalidRequest');
    const endless = reader('x'.repeat(1000));
    expect(await refusalCode(async () => endless.readLine(100))).toBe('InvalidRequest');
  });

  it('refuses bytes where a line end or the end has to be', async () => {
    expect(await refusalCode(async () => reader('more\r\n').expectLineEnd())).toBe(
      'InvalidRequest',
    );
    expect(await refusalCode(async () => reader('more').expectEnd())).toBe('InvalidRequest');
  });

  it('lets its source go', async () => {
    let released = false;
    async function* source(): AsyncGenerator<Buffer, void, undefined> {
      try {
        yield Buffer.from('line\r\nrest');
        yield Buffer.from('more');
      } finally {
        released = true;
      }
    }
    const started = new ByteReader(source());
    await started.readLine(10);
    await started.release();
    expect(released).toBe(true);
  });
});
