/**
 * Fills a real, small disk again and again under a spool that is written to, and prints what came of it as JSON: the
 * fault outcome, with objects as text, and how often the disk was full. Arguments: the folder of the disk.
 */
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import { openSpool } from '../../bridge/spool/open-spool.ts';
import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';

const TABLE: BatchTable = 'step_trainer_landing';
const INSTANTS = 20;
const ROWS = 40;

const disk = process.argv[2] as string;
const filler = join(disk, 'filler');
const random = seededStreams(Number(process.argv[3] ?? 1))('full disk');
const sent: { line: string; acknowledged: boolean; poison: boolean }[] = [];
const objects: { key: string; text: string }[] = [];
const notices: string[] = [];
const timers = {
  now: () => performance.timeOrigin + performance.now(),
  // A second of waiting for room passes in a hundredth.
  at: (timeMs: number, action: () => void) => {
    setTimeout(action, (timeMs - timers.now()) / 100);
  },
};
const spool = await openSpool({
  folder: join(disk, 'spool'),
  bridgeId: 'cellar',
  timers,
  limits: { segmentMs: 3_600_000 },
  onNotice: ({ text }) => void notices.push(text),
});

/** Leaves a few bytes of room, or none. */
function fill(): void {
  const { bavail, bsize } = statfsSync(disk);
  const fd = openSync(filler, 'a');
  const spare = drawInteger(random, 0, 1) * bsize;
  writeSync(fd, Buffer.alloc(Math.max(0, bavail * bsize - spare)));
  fsyncSync(fd);
  closeSync(fd);
}

function send(line: string): void {
  const row = { line, acknowledged: false, poison: false };
  sent.push(row);
  spool.append(TABLE, Buffer.from(`${line}\n`), 1, () => {
    row.acknowledged = true;
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

async function land(): Promise<void> {
  for (;;) {
    const segment = spool.oldestSealed(TABLE);
    if (segment === undefined) return;
    const { lines } = await spool.read(segment);
    const number = String(segment.number).padStart(10, '0');
    const key = `${TABLE}/date=2026-03-01/cellar-${spool.spoolId}-${number}.json.gz`;
    objects.push({ key, text: Buffer.concat(lines).toString() });
    await spool.markLanded(segment);
  }
}

for (let instant = 0; instant < INSTANTS; instant++) {
  send(JSON.stringify({ instant }));
  await until(() => sent.every(({ acknowledged }) => acknowledged));
  await spool.seal();
  fill();
  for (let row = 0; row < ROWS; row++) {
    send(JSON.stringify({ instant, row, pad: 'x'.repeat(drawInteger(random, 0, 400)) }));
  }
  await until(() => spool.status.state === 'full');
  // A landed segment can be marked and removed on a full disk: that may be what makes room.
  await land();
  rmSync(filler);
  await until(() => sent.every(({ acknowledged }) => acknowledged));
  await until(() => spool.status.state === 'ok');
}
const fresh = JSON.stringify({ fresh: true });
send(fresh);
await until(() => sent.every(({ acknowledged }) => acknowledged));
await spool.seal();
await land();
await spool.close();
sent.pop();
const full = notices.filter((notice) => notice.includes('is full')).length;
const again = notices.filter((notice) => notice.includes('has room again')).length;
// In KiB.
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const outcome = JSON.stringify({ sent, objects, fresh, full, again, peakRssBytes });
process.stdout.write(outcome, () => process.exit(0));
