/** A flood within one turn of the event loop, and how large it makes segments and memory. */
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { Spool } from '../../../bridge/spool/spool.ts';
import { PowerLossDisk } from '../../faults/power-loss-disk.ts';

const TABLE = 'accelerometer_landing';
const MIB = 1_048_576;
const LINES = Buffer.from(`${'x'.repeat(MIB / 2 - 1)}\n`);

async function openSpool(disk: PowerLossDisk, segmentBytes: number): Promise<Spool> {
  const spool = new Spool(disk.mount(), {
    timers: { now: () => 1_655_564_444_103, at: () => undefined },
    limits: { segmentBytes, segmentMs: 60_000 },
    crc32: (bytes) => crc32(bytes),
    newId: () => '000000000001',
    defer: (action) => void setImmediate(action),
    onNotice: () => undefined,
  });
  await spool.recover();
  return spool;
}

test('a full disk shows within the turn, after a mebibyte and not at its end', async () => {
  const disk = new PowerLossDisk({ random: { next: () => 0.5 } });
  const spool = await openSpool(disk, 16 * MIB);
  disk.capacityBytes = disk.usedBytes;
  spool.append(TABLE, LINES, 1);
  expect(spool.isFull).toBe(false);
  spool.append(TABLE, LINES, 1);
  expect(spool.isFull).toBe(true);
});

test('sources pause while a segment that is too large waits for the next one, and go on then', async () => {
  const disk = new PowerLossDisk({ random: { next: () => 0.5 } });
  const spool = await openSpool(disk, 2 * MIB);
  const room = new Promise<void>((resolve) => spool.onRoom(resolve));
  let appends = 0;
  while (!spool.isFull) {
    spool.append(TABLE, LINES, 1);
    appends++;
  }
  // 2 MiB, 4 MiB beyond it, and what makes the last mebibyte whole.
  expect(appends).toBeLessThanOrEqual(14);
  await room;
  await spool.seal();
  expect(spool.oldestSealed(TABLE)?.rows).toBe(appends);
  await spool.close();
});
