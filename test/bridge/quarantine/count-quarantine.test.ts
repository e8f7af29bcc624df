import { expect, it } from 'vitest';
import { countQuarantine } from '../../../bridge/quarantine/count-quarantine.ts';
import { findEntry } from '../../../bridge/quarantine/read-quarantine.ts';
import { parseEntryId } from '../../../bridge/core/quarantine-key.ts';
import type { EntryPlace } from '../../../bridge/core/quarantine-key.ts';
import { replayQuarantine } from '../../../bridge/quarantine/replay.ts';
import { MemoryShelf, PHONES, sample, STEPS } from './memory-shelf.ts';

function fill(): MemoryShelf {
  const shelf = new MemoryShelf();
  shelf.quarantine(STEPS, 'b-1', [{ reason: 'bad-crc' }, { reason: 'bad-crc' }]);
  shelf.quarantine(PHONES, 'b-1', [
    { original: Buffer.from(sample(1)) },
    { reason: 'not-utf8', original: Buffer.from([0xff]) },
    {},
    {},
  ]);
  return shelf;
}

it('counts by table, day and reason, and names some of them', async () => {
  const shelf = fill();
  const day = '2022-06-18';
  const id = (line: number): string => `${PHONES}/date=${day}/b-1.json.gz#${line}`;
  const { groups, faults } = await countQuarantine(shelf, { selection: {}, idsMax: 2 });
  expect(faults).toEqual([]);
  expect(groups).toEqual([
    { table: PHONES, day, reason: 'not-json', entries: 3, replayed: 0, ids: [id(1), id(3)] },
    { table: PHONES, day, reason: 'not-utf8', entries: 1, replayed: 0, ids: [id(2)] },
    {
      table: STEPS,
      day,
      reason: 'bad-crc',
      entries: 2,
      replayed: 0,
      ids: [1, 2].map((line) => `${STEPS}/date=${day}/b-1.json.gz#${line}`),
    },
  ]);
  await replayQuarantine(shelf, { selection: {} });
  const after = await countQuarantine(shelf, {
    selection: { table: PHONES, reason: 'not-json' },
    idsMax: 9,
  });
  expect(after.groups).toEqual([
    { table: PHONES, day, reason: 'not-json', entries: 3, replayed: 1, ids: [id(3), id(4)] },
  ]);
});

it('tells nothing of what anybody sent', async () => {
  const counts = JSON.stringify(await countQuarantine(fill(), { selection: {}, idsMax: 9 }));
  expect(counts).not.toMatch(/ana@|mail|timeStamp/);
});

it('finds an entry by its id', async () => {
  const shelf = fill();
  const place = (id: string): EntryPlace => parseEntryId(id) as EntryPlace;
  const id = `${PHONES}/date=2022-06-18/b-1.json.gz`;
  const entry = await findEntry(shelf, place(`${id}#2`));
  expect(entry).toMatchObject({ reason: 'not-utf8', id: `${id}#2` });
  expect([...(entry?.original ?? [])]).toEqual([0xff]);
  expect(await findEntry(shelf, place(`${id}#5`))).toBeUndefined();
  expect(await findEntry(shelf, place(id.replace('b-1', 'b-2') + '#1'))).toBeUndefined();
});
