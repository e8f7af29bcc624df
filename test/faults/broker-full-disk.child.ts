/**
 * A bridge with its broker in a process of its own, on a small disk that is full at first. Its parent asks for reports,
 * makes room, and in the end has it tell what the spool holds. Arguments: the folder of the disk.
 */
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { Bridge } from '../../bridge/bridge.ts';
import { startPhoneBroker } from '../../bridge/broker/index.ts';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import { openSpool } from '../../bridge/spool/open-spool.ts';

/** What the process tells its parent. */
export interface FullDiskReport {
  readonly port: number;
  readonly isFull: boolean;
  /** Rows given to the spool. */
  readonly taken: number;
  readonly peakRssBytes: number;
}

/** What the spool holds: rows of the flood, the lines of others, and the size of the largest segment. */
export interface FullDiskContents {
  readonly floodRows: number;
  readonly others: readonly { readonly key: string; readonly text: string }[];
  readonly segmentBytesMax: number;
}

const disk = process.argv[2] as string;
const filler = join(disk, 'filler');
const TABLES: readonly BatchTable[] = ['accelerometer_landing', 'quarantine/accelerometer_landing'];
const timers = new SystemTimers();
const spool = await openSpool({
  folder: join(disk, 'spool'),
  bridgeId: 'cellar',
  timers,
  onNotice: () => undefined,
});
const bridge = new Bridge({ store: spool, timers });
const broker = await startPhoneBroker({
  listen: { host: '127.0.0.1', port: 0 },
  take: bridge.take,
  store: spool,
  onNotice: () => undefined,
});

/** Leaves a mebibyte. */
function fill(): void {
  const { bavail, bsize } = statfsSync(disk);
  const piece = Buffer.alloc(1 << 20);
  const file = openSync(filler, 'a');
  for (let left = bavail * bsize - piece.length; left > 0; left -= piece.length) {
    writeSync(file, piece, 0, Math.min(left, piece.length));
  }
  closeSync(file);
}

function report(): FullDiskReport {
  const { records } = bridge.counts;
  return {
    port: broker.port,
    isFull: spool.isFull,
    taken: records.accelerometer_landing + records['quarantine/accelerometer_landing'],
    // In KiB.
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function contents(): Promise<FullDiskContents> {
  await broker.close();
  await spool.seal();
  let floodRows = 0;
  let segmentBytesMax = 0;
  const others: { key: string; text: string }[] = [];
  for (const table of TABLES) {
    for (;;) {
      const segment = spool.oldestSealed(table);
      if (segment === undefined) break;
      segmentBytesMax = Math.max(segmentBytesMax, segment.bytes);
      const all = Buffer.concat((await spool.read(segment)).lines)
        .toString()
        .split('\n');
      const text = all.filter((line) => line.includes('Ana.Novak')).map((line) => `${line}\n`);
      floodRows += all.length - 1 - text.length;
      const number = String(segment.number).padStart(10, '0');
      const key = `${table}/date=2026-03-01/cellar-${spool.spoolId}-${number}.json.gz`;
      others.push({ key, text: text.join('') });
      await spool.markLanded(segment);
    }
  }
  await spool.close();
  timers.stop();
  return { floodRows, others, segmentBytesMax };
}

fill();
process.on('message', (order) => {
  if (order === 'contents') void contents().then((held) => process.send?.(held));
  else {
    if (order === 'make room') rmSync(filler);
    process.send?.(report());
  }
});
process.send?.(report());
