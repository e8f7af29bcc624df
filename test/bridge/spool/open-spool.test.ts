import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SystemTimers } from '../../../bridge/adapters/system-timers.ts';
import type { SealedSegment } from '../../../bridge/spool/spool-contract.ts';
import { openSpool } from '../../../bridge/spool/open-spool.ts';
import type { Spool } from '../../../bridge/spool/spool.ts';

const TABLE = 'step_trainer_landing';

let parent = '';
const timers = new SystemTimers();

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'stedi-open-'));
});

afterEach(() => {
  timers.stop();
  chmodSync(parent, 0o700);
  rmSync(parent, { recursive: true });
});

function open(folder = join(parent, 'spool'), bridgeId?: string): Promise<Spool> {
  const id = bridgeId === undefined ? {} : { bridgeId };
  return openSpool({ folder, timers, onNotice: () => {}, ...id });
}

test('lines are durable, land, and are gone from the folder; only its user may read it', async () => {
  const spool = await open();
  await new Promise<void>((resolve) => {
    spool.append(TABLE, Buffer.from('{"a":1}\n'), 1, resolve);
  });
  await spool.seal();
  const segment = spool.oldestSealed(TABLE) as SealedSegment;
  const { lines, damaged } = await spool.read(segment);
  expect(Buffer.concat(lines).toString()).toBe('{"a":1}\n');
  expect(damaged).toEqual([]);
  const file = join(parent, 'spool', `${TABLE}.0000000001.segment`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(parent, 'spool')).mode & 0o777).toBe(0o700);
  await spool.markLanded(segment);
  expect(() => statSync(file)).toThrow('ENOENT');
  await spool.close();
});

test('a spool has an id of its own, and keeps that of its bridge', async () => {
  const first = await open();
  const { bridgeId, spoolId } = first;
  expect(bridgeId).toMatch(/^bridge-[0-9a-f]{12}$/);
  expect(spoolId).toMatch(/^[0-9a-f]{12}$/);
  await first.close();
  const again = await open();
  expect(again).toMatchObject({ bridgeId, spoolId });
  await again.close();
  const other = await open(join(parent, 'other'), 'cellar');
  expect(other.bridgeId).toBe('cellar');
  expect(other.spoolId).not.toBe(spoolId);
  await other.close();
  await expect(open(join(parent, 'other'), 'attic')).rejects.toMatchObject({ code: 'SPOOL_OTHER' });
  // A refused spool is let go.
  await (await open(join(parent, 'other'), 'cellar')).close();
});

test('a second opening is refused while the first lasts, also within one process', async () => {
  const spool = await open();
  await expect(open()).rejects.toMatchObject({
    code: 'SPOOL_LOCKED',
    message: expect.stringContaining(join(parent, 'spool')),
  });
  await spool.close();
  await (await open()).close();
});

test('a folder that cannot be one is said with the fix', async () => {
  writeFileSync(join(parent, 'file'), '');
  await expect(open(join(parent, 'file'))).rejects.toMatchObject({
    code: 'SPOOL_FAILED',
    message: expect.stringMatching(/file cannot be opened .*--spool DIR/),
  });
});
