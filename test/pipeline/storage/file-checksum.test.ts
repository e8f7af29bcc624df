import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32Text, fileCrc32, fileSha256 } from '../../../pipeline/storage/file-checksum.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

describe('the checksums of a file', () => {
  it('are those of its bytes, and of a part of them', async () => {
    await withTempFolder(async (folder) => {
      const bytes = Buffer.alloc(2_500_000, 'not a whole number of chunks');
      await writeFiles(folder, { file: bytes, empty: '' });
      const path = join(folder, 'file');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await fileSha256(path)).toEqual({ bytes: 2_500_000, sha256 });
      expect(await fileCrc32(path, 0, bytes.length)).toBe(crc32Text(crc32(bytes)));
      expect(await fileCrc32(path, 7, 2_000_000)).toBe(
        crc32Text(crc32(bytes.subarray(7, 2_000_000))),
      );
      expect(await fileCrc32(join(folder, 'empty'), 0, 0)).toBe('AAAAAA==');
    });
  });

  it('of "123456789" is the one that everybody names', () => {
    expect(crc32Text(crc32('123456789'))).toBe(Buffer.from('cbf43926', 'hex').toString('base64'));
  });
});
