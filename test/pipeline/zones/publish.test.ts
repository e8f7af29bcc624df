/**
 * Publishing to a bucket that fails, beside other runs, and under the eyes of readers. STEDI_TEST_KILLS=all lets every call
 * fail, not some of them.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { openStorage } from '../../../pipeline/storage/open-storage.ts';
import type { Place } from '../../../pipeline/storage/place.ts';
import { readPointer } from '../../../pipeline/zones/zones-pointer.ts';
import type { ChooseFault, ObjectStoreFault } from '../../../simulator/object-store/index.ts';
import { withFaultyStore } from '../storage/faulty-store.ts';
import { withTempFolder } from '../temp-folder.ts';
import { listBoth, readText } from './killed-run.ts';
import { openFilled, PUBLICATION, runTexts } from './publication.ts';

const IS_ALL = process.env['STEDI_TEST_KILLS'] === 'all';
/** Without it, one call of so many fails, and the one that replaces the pointer. */
const SAMPLE = 6;
/** When it fails, nobody knows whether these files are published, or they are what could not be removed. */
const KEEPS_FILES = /^PutObject run\/_zones\.json$|^DeleteObjects/;
const KNOWLEDGE = { state: { seen: 1 }, files: [] };
const FAULTS: readonly ObjectStoreFault[] = [
  { kind: 'status', status: 500 },
  { kind: 'reset-before' },
  { kind: 'reset-after' },
];

/** Storage that keeps three bytes of what it takes under some keys. */
const keepsPart =
  (prefix: string): ChooseFault =>
  ({ operation, key }) =>
    operation === 'PutObject' && key.startsWith(prefix)
      ? { kind: 'truncate', keepBytes: 3 }
      : undefined;

describe('a run to a bucket', () => {
  it('leaves nothing but what its pointer names, and changes nothing when it runs again', async () => {
    await withFaultyStore(async ({ place, note, requests }) => {
      const run = { text: 'one', quarantine: '{}', landing: KNOWLEDGE };
      await runTexts(place, run);
      const { there, named } = await listBoth(place);
      expect(there).toEqual(named);
      expect(there).toHaveLength(ZONE_TABLES.length + 3);
      note();
      await runTexts(place, run);
      const writes = requests.filter((request) => /^(Put|Upload|Complete|Delete)/.test(request));
      // Only the probe, which asks whether the bucket may be written to, and goes again.
      expect(writes.filter((write) => !/_landing\/probe-|DeleteObjects/.test(write))).toEqual([]);
      expect((await listBoth(place)).there).toEqual(there);
    });
  });

  it(
    'shows all of it or nothing, whichever call fails, and takes back what it stored',
    { timeout: 120_000 },
    async () => {
      await withFaultyStore(async ({ place, note, requests }) => {
        const run = (text: string) =>
          runTexts(
            place,
            { text, quarantine: text, landing: KNOWLEDGE },
            { patience: { attempts: 1 } },
          );
        await run('first');
        note();
        await run('second');
        const calls = requests.length;
        expect(calls).toBeGreaterThan(30);
        let visible = 'second';
        const outcomes = new Set<string>();
        const made = [...requests];
        for (const [index, request] of made.entries()) {
          const call = index + 1;
          const isPointer = request === 'PutObject run/_zones.json';
          if (!IS_ALL && !isPointer && call % SAMPLE !== 0) continue;
          for (const fault of isPointer ? FAULTS : [FAULTS[call % FAULTS.length]]) {
            let number = 0;
            note(() => (++number === call ? fault : undefined));
            const text = `${call} ${fault?.kind ?? ''}`;
            const outcome = await run(text).then(
              () => 'published',
              (error: { code: string }) => error.code,
            );
            outcomes.add(outcome);
            if (outcome === 'published') visible = text;
            note();
            expect(`${text}: ${await readText(place)}`).toBe(`${text}: ${visible}`);
            if (KEEPS_FILES.test(request)) {
              // What it left, the next run that publishes removes: the call after this one must not be blamed for it.
              visible = `${text}, and again`;
              await run(visible);
              continue;
            }
            if (outcome === 'published') continue;
            const { there, named } = await listBoth(place);
            expect([text, there]).toEqual([text, named]);
          }
        }
        expect([...outcomes].toSorted()).toEqual([
          'STORAGE_REFUSED',
          'STORAGE_UNREACHABLE',
          'published',
        ]);
        await run('last');
        const { there, named } = await listBoth(place);
        expect(there).toEqual(named);
      });
    },
  );

  it('is not published when the storage keeps only a part of a file', async () => {
    await withFaultyStore(async ({ place, note }) => {
      await runTexts(place, { text: 'old' });
      note(keepsPart('run/customer_trusted/'));
      const damaged = await openFilled(place, 'new');
      await expect(damaged.publish(PUBLICATION)).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
      await damaged.dispose();
      note();
      expect(await readText(place)).toBe('old');
      // A pointer that the storage damages cannot be undone; but it is told, and nobody takes it for one.
      note(keepsPart('run/_zones.json'));
      const lost = await openFilled(place, 'new');
      await expect(lost.publish(PUBLICATION)).rejects.toMatchObject({
        code: expect.stringContaining('STORAGE') as string,
      });
      await lost.dispose();
    });
  });

  it('leaves nothing in the temporary folder, whether it succeeds or fails', async () => {
    await withFaultyStore(async ({ place, note }) => {
      const scratch = await mkdtemp(join(tmpdir(), 'stedi-scratch-'));
      await runTexts(place, { text: 'old' }, { scratch });
      note(({ operation }) => (operation === 'PutObject' ? { kind: 'reset-before' } : undefined));
      const failing = runTexts(place, { text: 'new' }, { scratch, patience: { attempts: 1 } });
      await expect(failing).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
      expect(await readdir(scratch)).toEqual([]);
      await rm(scratch, { recursive: true });
    });
  });
});

describe('two runs on one bucket', () => {
  it('publish one after the other or not at all: the second is told', async () => {
    await withFaultyStore(async ({ place }) => {
      await runTexts(place, { text: 'old' });
      const [first, second] = [await openFilled(place, 'first'), await openFilled(place, 'second')];
      await first.publish(PUBLICATION);
      await expect(second.publish(PUBLICATION)).rejects.toMatchObject({
        code: 'OUTPUT_BUSY',
        message: expect.stringContaining('s3://lake/run/') as string,
      });
      await Promise.all([first.dispose(), second.dispose()]);
      expect(await readText(place)).toBe('first');
      const after = await listBoth(place);
      expect(after.there).toEqual(after.named);
      await runTexts(place, { text: 'third' });
      const { there, named } = await listBoth(place);
      expect([there, await readText(place)]).toEqual([named, 'third']);
    });
  });

  it('may begin both with nothing there, and one wins', async () => {
    await withFaultyStore(async ({ place }) => {
      const texts = ['a', 'b', 'c', 'd'];
      const runs = await Promise.all(texts.map((text) => openFilled(place, text)));
      const outcomes = await Promise.allSettled(runs.map((run) => run.publish(PUBLICATION)));
      await Promise.all(runs.map((run) => run.dispose()));
      const won = texts.filter((_, index) => outcomes[index]?.status === 'fulfilled');
      expect(won).toEqual([await readText(place)]);
    });
  });

  it('do not take away the files of a run that is going on when one finds nothing to change', async () => {
    await withFaultyStore(async ({ place }) => {
      await runTexts(place, { text: 'old' });
      // It stops when its files are there, and goes on when another run has seen them.
      const slow = await openFilled(place, 'slow');
      const storage = openStorage(place);
      await storage.store(
        slow.tablePath('customer_trusted'),
        'customer_trusted/customer_trusted-0123456789ab.parquet',
      );
      storage.close();
      await runTexts(place, { text: 'old' });
      await expect(slow.publish(PUBLICATION)).rejects.toMatchObject({ code: 'OUTPUT_BUSY' });
      await slow.dispose();
      expect(await readText(place)).toBe('old');
    });
  });
});

describe('readers', () => {
  it.each(['folder', 's3'] as const)(
    'of a %s always find the tables of one run, while runs follow each other',
    async (kind) => {
      await withFaultyStore(async (store) => {
        await withTempFolder(async (path) => {
          const place: Place = kind === 's3' ? store.place : { kind, path };
          await runTexts(place, { text: 'run 0' });
          let isDone = false;
          const seen: string[] = [];
          const watch = async (): Promise<void> => {
            while (!isDone) seen.push(await readWholeRun(place));
          };
          const watching = watch();
          const runs = kind === 's3' && !IS_ALL ? 5 : 12;
          for (let run = 1; run <= runs; run++) await runTexts(place, { text: `run ${run}` });
          isDone = true;
          await watching;
          const numbers = seen.map((text) => Number(text.split(' ')[1]));
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
          expect(new Set(seen).size).toBeGreaterThan(2);
        });
      });
    },
  );
});

/** Follows the pointer to all tables, again when a newer run removes one of them meanwhile. */
async function readWholeRun(place: Place): Promise<string> {
  const storage = openStorage(place);
  try {
    for (let tries = 0; tries < 100; tries++) {
      const stored = await storage.read('_zones.json');
      const pointer = stored === undefined ? undefined : readPointer(stored.bytes);
      const tables = await Promise.all(
        ZONE_TABLES.map((table) => storage.read(pointer?.tables[table].file ?? 'none')),
      );
      if (tables.includes(undefined)) continue;
      const texts = tables.map((table) => table?.bytes.toString().replace(/ \w+$/, '') ?? '');
      expect(new Set(texts).size).toBe(1);
      return texts[0] ?? '';
    }
    return expect.fail('A table that the pointer names is never there.');
  } finally {
    storage.close();
  }
}
