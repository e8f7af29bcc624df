/** A spool that is put back from a backup, as docs/operations.md says. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SystemTimers } from '../../../bridge/adapters/system-timers.ts';
import { segmentKey } from '../../../bridge/core/object-key.ts';
import type { Notice } from '../../../bridge/notice.ts';
import { openSpool } from '../../../bridge/spool/open-spool.ts';
import type { Spool } from '../../../bridge/spool/spool.ts';

const TABLE = 'accelerometer_landing';

async function appended(spool: Spool, text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    spool.append(TABLE, Buffer.from(`${JSON.stringify(text)}\n`), 1, resolve);
  });
  await spool.seal();
}

/** Lands all that is sealed: the keys that it gets, and the lines. */
async function landAll(spool: Spool): Promise<Map<string, string>> {
  const landed = new Map<string, string>();
  const { bridgeId, spoolId } = spool;
  for (;;) {
    const segment = spool.oldestSealed(TABLE);
    if (segment === undefined) return landed;
    const { lines } = await spool.read(segment);
    const key = segmentKey({ ...segment, bridgeId, spoolId, part: 'whole' });
    landed.set(key, Buffer.concat(lines).toString());
    await spool.markLanded(segment);
  }
}

test('a copy without its spool.json lands all that it holds, under names that were never taken', async () => {
  const root = await mkdtemp(join(tmpdir(), 'stedi-restored-'));
  const timers = new SystemTimers();
  onTestFinished(async () => {
    timers.stop();
    await rm(root, { recursive: true });
  });
  const notices: Notice[] = [];
  const open = (name: string): Promise<Spool> =>
    openSpool({
      folder: join(root, name),
      bridgeId: 'gym-3',
      timers,
      onNotice: (notice) => notices.push(notice),
    });

  const before = await open('spool');
  await appended(before, 'landed after the copy');
  await before.close();
  await cp(join(root, 'spool'), join(root, 'copy'), { recursive: true });
  const original = await open('spool');
  await appended(original, 'came after the copy');
  const landed = await landAll(original);
  await original.close();
  expect([...landed.values()]).toEqual(['"landed after the copy"\n', '"came after the copy"\n']);
  expect(notices).toEqual([]);

  await rm(join(root, 'copy', 'spool.json'));
  const restored = await open('copy');
  expect(restored.bridgeId).toBe('gym-3');
  expect(notices).toMatchObject([
    {
      level: 'warn',
      text: expect.stringMatching(/^spool\.json of the spool .* is lost/) as string,
    },
  ]);
  await appended(restored, 'came after it was restored');
  const again = await landAll(restored);
  await restored.close();
  expect([...again.values()]).toEqual([
    '"landed after the copy"\n',
    '"came after it was restored"\n',
  ]);
  expect([...again.keys()].filter((key) => landed.has(key))).toEqual([]);
});
