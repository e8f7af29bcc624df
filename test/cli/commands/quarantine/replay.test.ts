/** `stedi quarantine replay --fix` on a folder. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { FolderShelf } from '../../../../bridge/index.ts';
import { quarantineReplayCommand } from '../../../../cli/commands/quarantine/replay.ts';
import { MemoryShelf, PHONES, sample } from '../../../bridge/quarantine/memory-shelf.ts';

/** A folder with four entries of which the first could land as it is; replays with a file of mended originals. */
async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-replay-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const memory = new MemoryShelf();
  const key = memory.quarantine(PHONES, 'b-1', [{ original: Buffer.from(sample(1)) }, {}, {}, {}]);
  const out = join(folder, 'out');
  const body = memory.objects.get(key) as Uint8Array;
  await new FolderShelf(out).put({ key, body, metadata: {} });
  const idOf = (line: number): string => `${key.slice('quarantine/'.length)}#${line}`;
  const written = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const { exitCode } = process;
  onTestFinished(() => {
    written.mockRestore();
    process.exitCode = exitCode;
  });
  const replay = async (fixes: readonly [line: number, original: string][], more: object = {}) => {
    const fix = join(folder, 'fix.ndjson');
    const lines = fixes.map(([line, original]) => JSON.stringify({ id: idOf(line), original }));
    await writeFile(fix, lines.join('\n'));
    const none = { bucket: undefined, s3: undefined, table: undefined, reason: undefined };
    const place = { ...none, out, id: undefined, fix, json: true, _: [], $0: '' };
    written.mockClear();
    process.exitCode = undefined;
    await quarantineReplayCommand.handler({ ...place, ...more });
    const text = written.mock.calls.map(([chunk]) => String(chunk)).join('');
    return { result: JSON.parse(text) as unknown, exitCode: process.exitCode };
  };
  return { idOf, replay };
}

it('takes only what its file names, whatever else is said', async () => {
  const { idOf, replay } = await prepare();
  expect(await replay([[2, sample(2)]], { table: PHONES, reason: 'not-json' })).toMatchObject({
    result: { entries: 1, rows: 1, refused: [] },
    exitCode: undefined,
  });
  expect(await replay([[3, sample(3)], [4, sample(4)]], { id: [idOf(3)] })).toMatchObject({
    result: { entries: 1, refused: [{ id: idOf(4), reason: 'not-selected' }] },
    exitCode: undefined,
  }); // prettier-ignore
});

it('fails when what was mended does not land', async () => {
  const { idOf, replay } = await prepare();
  expect(await replay([[2, 'still no JSON'], [9, sample(9)]])).toMatchObject({
    result: {
      entries: 0,
      refused: [
        { id: idOf(2), reason: 'not-json' },
        { id: idOf(9), reason: 'no-such-entry' },
      ],
    },
    exitCode: 1,
  }); // prettier-ignore
});
