import { expect, test } from 'vitest';
import { readRange } from '../../../bridge/spool/read-range.ts';

const CONTENT = Uint8Array.from({ length: 20_000 }, (_, index) => 1 + (index % 250));

/** A file of which some bytes cannot be read any more, and that gives at most `most` bytes at a time. */
function fileWith(
  bad: { readonly from: number; readonly to: number } | undefined,
  options: { readonly most?: number; readonly code?: string } = {},
): Parameters<typeof readRange>[0] {
  const { most = Number.POSITIVE_INFINITY, code = 'EIO' } = options;
  const read = async (
    target: Uint8Array,
    at: number,
    length: number,
    from: number,
  ): Promise<{ bytesRead: number }> => {
    const end = Math.min(from + Math.min(length, most), CONTENT.length);
    if (bad !== undefined && from < bad.to && end > bad.from) {
      throw Object.assign(new TypeError(code), { code });
    }
    target.set(CONTENT.subarray(from, end), at);
    return { bytesRead: Math.max(0, end - from) };
  };
  return { read } as Parameters<typeof readRange>[0];
}

test('all of it is read, however little comes at a time, and no more than there is', async () => {
  expect(await readRange(fileWith(undefined, { most: 999 }), 0, 20_000)).toEqual(CONTENT);
  expect(await readRange(fileWith(undefined), 19_990, 100)).toEqual(CONTENT.slice(19_990));
});

test('pages that the disk cannot read are zeros, and the rest is there', async () => {
  const read = await readRange(fileWith({ from: 9_000, to: 9_010 }), 0, 20_000);
  const expected = CONTENT.slice();
  expected.fill(0, 8_192, 12_288);
  expect(read).toEqual(expected);
});

test('any other failure is passed on', async () => {
  await expect(
    readRange(fileWith({ from: 0, to: 1 }, { code: 'EACCES' }), 0, 10),
  ).rejects.toMatchObject({
    code: 'EACCES',
  });
});
