import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLayout, renderFile } from '../../../../scenarios/run/dirt/landing-file.ts';
import type { FileLayout, FileRecord } from '../../../../scenarios/run/dirt/landing-file.ts';

function records(count: number): FileRecord[] {
  return Array.from({ length: count }, (_, line) => ({
    line,
    text: `{"x":${line * 7919},"y":"${'ab'.repeat(line % 5)}"}`,
  }));
}

function render(
  change: Partial<FileLayout>,
  of: readonly FileRecord[] = records(3),
): { text: string; lost: number[]; pieces: (string | undefined)[]; bytes: Uint8Array } {
  const { bytes, lostLines, pieces } = renderFile(of, { ...cleanLayout(), ...change });
  const text = Buffer.from(bytes).toString('utf8');
  return { text, bytes, lost: [...lostLines], pieces: pieces.map(({ original }) => original) };
}

describe('a landing object', () => {
  test('is what the bridge wrote while nothing is wrong', () => {
    const [a, b, c] = records(3).map(({ text }) => text);
    expect(render({})).toMatchObject({ text: `${a}\n${b}\n${c}\n`, lost: [], pieces: [] });
  });

  test.each<[string, Partial<FileLayout>, string]>([
    ['without line ends', { separator: '' }, '{"x":0,"y":""}{"x":7919,"y":"ab"}'],
    ['with those of Windows', { separator: '\r\n' }, '{"x":0,"y":""}\r\n{"x":7919,"y":"ab"}\r\n'],
    [
      'behind a byte order mark',
      { hasByteOrderMark: true },
      '\uFEFF{"x":0,"y":""}\n{"x":7919,"y":"ab"}\n',
    ],
  ])('%s is whole', (_how, change, text) => {
    expect(render(change, records(2))).toMatchObject({ text, lost: [], pieces: [] });
  });

  test('that is packed is whole', () => {
    const packed = render({ packing: 'gzip' });
    expect(gunzipSync(packed.bytes).toString()).toBe(render({}).text);
    expect([packed.lost, packed.pieces]).toEqual([[], []]);
  });

  test('that is packed in two pieces is whole', () => {
    const { bytes, lost } = render({ packing: 'gzip-pieces' });
    expect(gunzipSync(bytes).toString()).toBe(render({}).text);
    expect(Buffer.from(bytes).lastIndexOf(Buffer.of(0x1f, 0x8b))).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });

  test('that is cut has lost the record that the cut goes through, and all behind it', () => {
    const [a, b] = records(3).map(({ text }) => text) as [string, string];
    const piece = b.slice(0, b.length >> 1);
    expect(render({ cutAt: 0.5 })).toMatchObject({
      text: `${a}\n${piece}`,
      lost: [1, 2],
      pieces: [piece],
    });
    expect(render({ cutAt: 0 }).lost).toEqual([0, 1, 2]);
    expect(render({ cutAt: 0.99 }).lost).toEqual([2]);
    expect(render({ cutAt: 0.5 }, [])).toMatchObject({ text: '', lost: [], pieces: [] });
  });

  test('with damaged records has lost these, and nothing else', () => {
    const [first, second, third] = records(3) as [FileRecord, FileRecord, FileRecord];
    const damaged = { ...second, text: '{"x":NaN}', damage: /JSON/ };
    expect(render({}, [first, damaged, third])).toMatchObject({ lost: [1], pieces: ['{"x":NaN}'] });
  });

  test('whose packed bytes end too early has exactly the records that can still be unpacked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (count, share) => {
          const all = records(count);
          const { bytes, lostLines, pieces } = renderFile(all, {
            ...cleanLayout(),
            packing: 'gzip',
            packedShare: share,
          });
          const unpacked = gunzipSync(bytes, { finishFlush: 2 }).toString();
          for (const { line, text } of all) {
            expect(lostLines.has(line)).toBe(!unpacked.includes(text));
          }
          expect(pieces).toMatchObject([{ original: undefined }]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
