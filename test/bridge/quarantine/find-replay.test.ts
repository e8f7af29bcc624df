import { expect, it } from 'vitest';
import { parseEntryId } from '../../../bridge/core/quarantine-key.ts';
import type { EntryPlace } from '../../../bridge/core/quarantine-key.ts';
import { findReplay } from '../../../bridge/quarantine/find-replay.ts';
import { replayQuarantine } from '../../../bridge/quarantine/replay.ts';
import { MemoryShelf, NOON_MS, PHONES, sample } from './memory-shelf.ts';

it('says where and when an entry landed after all, and nothing of others', async () => {
  const shelf = new MemoryShelf();
  const original = Buffer.from(sample(1));
  const key = shelf.quarantine(PHONES, 'b-1', [{ original }, {}]);
  const place = (line: number): EntryPlace => parseEntryId(`${key}#${line}`) as EntryPlace;
  expect(await findReplay(shelf, place(1))).toBeUndefined();
  await replayQuarantine(shelf, { selection: {} });
  const object = `${PHONES}/date=2022-06-18/b-1-replay-0001.json.gz`;
  expect(await findReplay(shelf, place(1))).toEqual({ object, rows: 1, landedMs: NOON_MS });
  expect(await findReplay(shelf, place(2))).toBeUndefined();
  // The replay died after its note.
  shelf.objects.delete(object);
  expect(await findReplay(shelf, place(1))).toEqual({ object, rows: 1, landedMs: undefined });
});
