import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  areOnOneDisk,
  formatBytes,
  freeBytes,
  roomFor,
} from '../../../pipeline/storage/disk-room.ts';
import { withTempFolder } from '../temp-folder.ts';

describe('roomFor', () => {
  it('lets pass what the disk of a folder has room for, also before the folder is made', async () => {
    await withTempFolder(async (folder) => {
      await expect(roomFor(join(folder, 'to', 'be made'), 1)).resolves.toBeUndefined();
      expect(await freeBytes(join(folder, 'to'))).toBeGreaterThan(1);
    });
  });

  it('says what is needed and what is free', async () => {
    await withTempFolder(async (folder) => {
      await expect(roomFor(folder, Number.MAX_SAFE_INTEGER, 'Buy one.')).rejects.toMatchObject({
        code: 'DISK_FULL',
        message: expect.stringMatching(/free, and 9007\.2 TB are needed\. Buy one\.$/) as string,
      });
    });
  });
});

describe('areOnOneDisk', () => {
  it('goes by the folders above those that are to be made', async () => {
    await withTempFolder(async (folder) => {
      expect(await areOnOneDisk(folder, join(folder, 'to', 'be made'))).toBe(true);
    });
  });

  it.skipIf(process.platform !== 'linux')('tells disks apart (needs Linux)', async () => {
    await withTempFolder(async (folder) => {
      expect(await areOnOneDisk(folder, '/proc')).toBe(false);
    });
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1.0 kB'],
    [1_550_000, '1.6 MB'],
    [2_000_000_000, '2.0 GB'],
    [5e15, '5000.0 TB'],
  ])('says %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
