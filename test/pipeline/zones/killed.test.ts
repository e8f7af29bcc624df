/** Real processes are killed while they publish. STEDI_TEST_KILLS=all kills at every call, not at some of them. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../../pipeline/storage/place.ts';
import type { ObjectStoreFault } from '../../../simulator/object-store/index.ts';
import { withFaultyStore } from '../storage/faulty-store.ts';
import { withTempFolder } from '../temp-folder.ts';
import { listBoth, publishInProcess, readText } from './killed-run.ts';
import { runTexts } from './publication.ts';

const IS_ALL = process.env['STEDI_TEST_KILLS'] === 'all';
const MINUTES = 60_000 * (IS_ALL ? 20 : 2);

/** The numbers of calls to kill at: the first, the last, one between them, that of the pointer and the next; or all. */
function callsToKillAt(calls: readonly string[], isPointer: (call: string) => boolean): number[] {
  const numbers = calls.map((_, index) => index + 1);
  if (IS_ALL) return numbers;
  const pointer = calls.findIndex(isPointer) + 1;
  const wanted = new Set([1, Math.round(pointer / 2), pointer, pointer + 1, calls.length]);
  return numbers.filter((number) => wanted.has(number));
}

describe('a run that is killed', () => {
  it(
    'in a folder leaves the tables of the run before, or all of its own',
    { timeout: MINUTES },
    async () => {
      await withTempFolder(async (folder) => {
        const place: Place = { kind: 'folder', path: join(folder, 'out') };
        await runTexts(place, { text: 'first' });
        const { calls } = await publishInProcess(place, 'counted');
        const isPointer = (call: string): boolean => /^rename .*_zones\.json$/.test(call);
        const committed = calls.findIndex(isPointer) + 1;
        expect(committed).toBeGreaterThan(10);
        for (const killAt of callsToKillAt(calls, isPointer)) {
          await runTexts(place, { text: `before ${killAt}` });
          const ended = await publishInProcess(place, `after ${killAt}`, { killAt });
          // Files are stored beside each other, so that the number of a call may differ by some from run to run.
          const done = ended.wasKilled ? ended.calls.slice(0, -1) : ended.calls;
          const expected = done.some(isPointer) ? `after ${killAt}` : `before ${killAt}`;
          expect(await readText(place)).toBe(expected);
          expect(ended.wasKilled || killAt > calls.length - 5).toBe(true);
          // Another run that is opened afterwards clears up.
          await runTexts(place, { text: 'next' });
          const { there, named } = await listBoth(place);
          expect([there, await readText(place)]).toEqual([named, 'next']);
        }
      });
    },
  );

  it(
    'in a bucket leaves the tables of the run before, or all of its own',
    { timeout: MINUTES },
    async () => {
      await withFaultyStore(async ({ place, note, requests }) => {
        await runTexts(place, { text: 'first' });
        note();
        await publishInProcess(place, 'counted');
        const isPointer = (request: string): boolean => request === 'PutObject run/_zones.json';
        const steps = callsToKillAt([...requests], isPointer);
        const arePointers = requests.map(isPointer);
        expect(steps.length).toBeGreaterThan(3);
        // Killed before the storage does what it was asked for, and after.
        for (const [index, step] of steps.entries()) {
          const isBoth = IS_ALL || arePointers[step - 1] === true;
          for (const isDone of isBoth ? [false, true] : [index % 2 === 0]) {
            note();
            await runTexts(place, { text: `before ${step}` });
            let number = 0;
            let didCommit = false;
            let kill = (): void => undefined;
            note((request): ObjectStoreFault | undefined => {
              number++;
              const isKill = number === step;
              if (isKill) kill();
              const isCarriedOut = number < step || (isKill && isDone);
              if (isCarriedOut && isPointer(`${request.operation} ${request.key}`))
                didCommit = true;
              return isCarriedOut ? undefined : { kind: 'reset-before' };
            });
            const { wasKilled } = await publishInProcess(place, `after ${step}`, {
              onStart: (killer) => {
                kill = killer;
              },
            });
            note();
            const expected = didCommit ? `after ${step}` : `before ${step}`;
            expect([wasKilled, await readText(place)]).toEqual([true, expected]);
            await runTexts(place, { text: 'next' });
            const { there, named } = await listBoth(place);
            expect([there, await readText(place)]).toEqual([named, 'next']);
          }
        }
      });
    },
  );

  it('has made everything durable, in this order: files, their folders, the pointer, its folder, then the removal', async () => {
    await withTempFolder(async (folder) => {
      const place: Place = { kind: 'folder', path: join(folder, 'out') };
      await runTexts(place, { text: 'first' });
      const { calls } = await publishInProcess(place, 'second');
      const find = (pattern: RegExp, from = 0): number =>
        calls.findIndex((call, index) => index >= from && pattern.test(call));
      const pointer = find(/^rename .*_zones\.json$/);
      const files = calls.filter((call, index) => call.startsWith('rename ') && index < pointer);
      expect(files).toHaveLength(7);
      for (const call of files) {
        const [, aside = '', target = ''] = call.slice(7).match(/^(.*\.part) (.*)$/) ?? [];
        const renamed = calls.indexOf(call);
        const synced = calls.indexOf(`sync ${aside}`);
        const folderSynced = calls.indexOf(`sync ${join(target, '..')}`, renamed);
        expect([
          synced > -1,
          synced < renamed,
          renamed < folderSynced,
          folderSynced < pointer,
        ]).toEqual([true, true, true, true]);
      }
      const [, aside = ''] = calls[pointer]?.slice(7).match(/^(.*\.part) /) ?? [];
      expect(calls.indexOf(`sync ${aside}`)).toBeLessThan(pointer);
      const durable = calls.indexOf(`sync ${join(folder, 'out')}`, pointer);
      expect(durable).toBeGreaterThan(pointer);
      expect(find(/^rm .*-[0-9a-f]{12}\.parquet$/)).toBeGreaterThan(durable);
    });
  });
});
