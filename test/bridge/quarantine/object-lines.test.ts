import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readObjectLines } from '../../../bridge/quarantine/object-lines.ts';
import type { LineLimits, ObjectLine } from '../../../bridge/quarantine/object-lines.ts';

async function* inPieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(
  bytes: Uint8Array,
  isGzip: boolean,
  limits?: LineLimits,
): Promise<ObjectLine[]> {
  const lines: ObjectLine[] = [];
  for await (const line of readObjectLines(inPieces(bytes), isGzip, limits)) lines.push(line);
  return lines;
}

const text = 'one\n{"two":"ż"}\n\nfour\n';
const expected = ['one', '{"two":"ż"}', '', 'four'].map((line, index) => ({
  kind: 'line',
  number: index + 1,
  text: line,
}));

describe('readObjectLines', () => {
  it('reads plain and packed lines, wherever they are cut', async () => {
    expect(await read(Buffer.from(text), false)).toEqual(expected);
    expect(await read(gzipSync(text), true)).toEqual(expected);
  });

  it('says where an object is cut off, after the lines in front', async () => {
    const end = { kind: 'fault', fault: 'cut-off' };
    expect(await read(Buffer.from(`${text}half`), false)).toEqual([...expected, end]);
    const packed = gzipSync(text);
    expect((await read(packed.subarray(0, packed.length - 4), true)).at(-1)).toEqual(end);
  });

  it('says that something is not packed', async () => {
    expect(await read(Buffer.from(text), true)).toEqual([{ kind: 'fault', fault: 'not-gzip' }]);
  });

  it('unpacks no more than is allowed of a bomb', async () => {
    // 64 MiB of zeros in 64 KiB.
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    expect(bomb.length).toBeLessThan(100_000);
    const limits = { unpackedBytes: 1 << 20, lineBytes: 1 << 30 };
    expect(await read(bomb, true, limits)).toEqual([{ kind: 'fault', fault: 'too-large' }]);
    const shortLines = { unpackedBytes: 1 << 30, lineBytes: 1 << 20 };
    const before = process.memoryUsage().rss;
    expect(await read(bomb, true, shortLines)).toEqual([{ kind: 'fault', fault: 'line-too-long' }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });

  it('lets through what its source throws, and closes it when nobody reads on', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync(text).subarray(0, 20);
      throw new RangeError('gone');
    }
    const reading = (async () => {
      for await (const line of readObjectLines(failing(), true)) expect(line.kind).toBe('line');
    })();
    await expect(reading).rejects.toThrow('gone');
    let isClosed = false;
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('line\n');
      } finally {
        isClosed = true;
      }
    }
    for await (const line of readObjectLines(watched(), false)) {
      if (line.kind === 'line' && line.number === 3) break;
    }
    expect(isClosed).toBe(true);
  });
});
