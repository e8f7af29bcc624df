import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStoreFolders } from '../../../simulator/object-store/store-folders.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the folders of a store', () => {
  it('are created, and found again with what is in them', async () => {
    const root = join(await temporaryFolder(), 'deep', 'down');
    openStoreFolders(root, 'here').objects.createBucket('bucket');
    const again = openStoreFolders(root, 'there');
    expect(again.region).toBe('there');
    expect(again.objects.listBuckets()).toMatchObject([{ name: 'bucket' }]);
    const uploadId = again.uploads.begin('bucket', { key: 'k', headers: {} });
    expect(again.uploads.find('bucket', 'k', uploadId).key).toBe('k');
  });
});
