import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../pipeline/storage/storage.ts';
import { requireConditionalWrites } from '../../../pipeline/zones/conditional-writes.ts';
import { listBoth } from './killed-run.ts';
import { runTexts } from './publication.ts';
import { withFaultyStore } from '../storage/faulty-store.ts';

const PLACE = { kind: 's3', bucket: 'lake', prefix: 'run/' } as const;

/** Storage that answers each write with the same word, and notes what it is asked to remove. */
function answering(written: boolean, removed: string[]): Pick<Storage, 'write' | 'remove'> {
  return {
    write: () => Promise.resolve(written),
    remove: async (keys) => {
      removed.push(...keys);
    },
  };
}

describe('requireConditionalWrites', () => {
  it.each([true, false])('refuses storage that answers every write with %s', async (written) => {
    const removed: string[] = [];
    const storage = answering(written, removed) as Storage;
    await expect(requireConditionalWrites(PLACE, storage)).rejects.toMatchObject({
      code: 'STORAGE_REFUSED',
      message: expect.stringContaining('If-None-Match') as string,
    });
    expect(removed).toEqual([expect.stringMatching(/^_landing\/probe-[0-9a-f]{12}$/)]);
  });

  it('is asked before a run begins, and leaves nothing', async () => {
    await withFaultyStore(async ({ place, note, requests }) => {
      note();
      await runTexts(place, { text: 'one' });
      expect(requests.filter((request) => /Put.*probe-/.test(request))).toHaveLength(2);
      const { there, named } = await listBoth(place);
      expect(there).toEqual(named);
    });
  });
});
