import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../pipeline/pipeline-error.ts';
import type { Storage } from '../../../pipeline/storage/storage.ts';
import {
  describeUnguarded,
  hasConditionalWrites,
} from '../../../pipeline/zones/conditional-writes.ts';
import type { ObjectStoreFault } from '../../../simulator/object-store/index.ts';
import { withFaultyStore } from '../storage/faulty-store.ts';
import { listBoth, readText } from './killed-run.ts';
import { openFilled, PUBLICATION, runTexts } from './publication.ts';

const PLACE = { kind: 's3', bucket: 'lake', prefix: 'run/' } as const;
const PROBE = expect.stringMatching(/^_landing\/probe-[0-9a-f]{12}$/) as string;

/** Storage that answers its writes with these words or failures, and notes what it is asked to remove. */
function answering(answers: readonly (boolean | number)[], removed: string[]): Storage {
  const left = [...answers];
  const storage: Pick<Storage, 'write' | 'remove'> = {
    write: () => {
      const answer = left.shift() ?? 403;
      if (typeof answer === 'boolean') return Promise.resolve(answer);
      const cause = { $metadata: { httpStatusCode: answer } };
      return Promise.reject(new PipelineError('STORAGE_REFUSED', 'No.', { cause }));
    },
    remove: async (keys) => {
      removed.push(...keys);
    },
  };
  return storage as Storage;
}

describe('hasConditionalWrites', () => {
  it.each([
    ['honours both conditions', [true, false, false], true],
    ['ignores both', [true, true, true], false],
    ['ignores If-Match', [true, false, true], false],
    ['refuses what is new', [false, false, false], false],
    ['says 501 to If-None-Match', [501, true], false],
    ['says 501 to If-Match', [true, false, 501, true], false],
    ['says 400 to conditions', [400, true], false],
  ])('knows storage that %s', async (_, answers, expected) => {
    const removed: string[] = [];
    expect(await hasConditionalWrites(answering(answers, removed))).toBe(expected);
    expect(removed).toEqual([PROBE]);
  });

  it.each([[[403]], [[400, 400]], [[true, 500]]])(
    'takes storage that fails otherwise for none without conditions: %j',
    async (answers) => {
      const removed: string[] = [];
      await expect(hasConditionalWrites(answering(answers, removed))).rejects.toMatchObject({
        code: 'STORAGE_REFUSED',
      });
      expect(removed).toEqual([PROBE]);
    },
  );

  it('is asked before a run begins, and leaves nothing', async () => {
    await withFaultyStore(async ({ place, note, requests }) => {
      note();
      await runTexts(place, { text: 'one' });
      expect(requests.filter((request) => /Put.*probe-/.test(request))).toHaveLength(3);
      const { there, named } = await listBoth(place);
      expect(there).toEqual(named);
    });
  });
});

describe.each(['refused', 'ignored'] as const)('in a bucket with conditions %s', (conditions) => {
  const fault: ObjectStoreFault = { kind: 'write-conditions', conditions };

  it('runs publish as a whole one after the other, and say once what is not kept apart', async () => {
    await withFaultyStore(async ({ place, note }) => {
      note(() => fault);
      const notices: string[] = [];
      const onNotice = (notice: string): void => void notices.push(notice);
      for (const text of ['one', 'two', 'two']) {
        await runTexts(place, { text, quarantine: text }, { onNotice });
        const { there, named } = await listBoth(place);
        expect([there, await readText(place)]).toEqual([named, text]);
      }
      expect(notices).toEqual(Array.from({ length: 3 }, () => describeUnguarded(place)));
      expect(notices[0]).toContain('s3://lake/run/');
    });
  });

  it('a run that sees another one publish gives up and takes its files back', async () => {
    await withFaultyStore(async ({ place, note }) => {
      note(() => fault);
      const [first, second] = [await openFilled(place, 'first'), await openFilled(place, 'second')];
      await first.publish(PUBLICATION);
      await expect(second.publish(PUBLICATION)).rejects.toMatchObject({ code: 'OUTPUT_BUSY' });
      await Promise.all([first.dispose(), second.dispose()]);
      const { there, named } = await listBoth(place);
      expect([there, await readText(place)]).toEqual([named, 'first']);
    });
  });
});

it('says nothing of an output that honours conditions', async () => {
  await withFaultyStore(async ({ place }) => {
    const notices: string[] = [];
    await runTexts(place, { text: 'one' }, { onNotice: (notice) => notices.push(notice) });
    expect(notices).toEqual([]);
    expect(describeUnguarded(PLACE)).toContain('If-Match');
  });
});
