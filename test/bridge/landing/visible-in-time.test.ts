/** When readings can be seen in the storage, and in which day's partition: spool and lander in virtual time. */
import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BatchTable } from '../../../bridge/core/landing-batches.ts';
import { Lander } from '../../../bridge/landing/lander.ts';
import { SEGMENT_LIMITS } from '../../../bridge/spool/open-spool.ts';
import { Spool } from '../../../bridge/spool/spool.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { PowerLossDisk } from '../../faults/power-loss-disk.ts';
import { pass } from './memory-source.ts';

const PHONES: BatchTable = 'accelerometer_landing';
const TRAINERS: BatchTable = 'step_trainer_landing';
const FLUSH_MS = SEGMENT_LIMITS.segmentMs;
const MORE_MS_MAX = 1_000;
/** What a disk takes for a sync, and a storage for an object. */
const SYNC_MS = 8;
const PUT_MS = 300;
const MINUTE_MS = 60_000;
const MIDNIGHT_MS = Date.UTC(2022, 5, 19);
const NOON_MS = MIDNIGHT_MS - 12 * 60 * MINUTE_MS;

interface VisibleRow {
  readonly key: string;
  readonly arrivedMs: number;
  readonly afterMs: number;
}

let time: VirtualTime;
let seen: VisibleRow[];
/** How long the storage takes for the next objects. */
let putMs: number;

beforeEach(() => {
  seen = [];
  putMs = PUT_MS;
});

function later(ms: number): Promise<void> {
  return new Promise((resolve) => time.at(time.now() + ms, resolve));
}

async function see(key: string, body: Uint8Array): Promise<void> {
  await later(putMs);
  for (const line of Buffer.from(body).toString().trimEnd().split('\n')) {
    const { arrivedMs } = JSON.parse(line) as { readonly arrivedMs: number };
    seen.push({ key, arrivedMs, afterMs: time.now() - arrivedMs });
  }
}

/** A bridge's spool and lander with the flush interval of production. */
async function open(startMs: number, segmentBytes = SEGMENT_LIMITS.segmentBytes): Promise<Spool> {
  time = new VirtualTime(startMs);
  const disk = new PowerLossDisk({ random: { next: () => 0.5 }, wait: () => later(SYNC_MS) });
  const spool = new Spool(disk.mount(), {
    timers: time,
    limits: { ...SEGMENT_LIMITS, segmentBytes },
    crc32: (bytes) => crc32(bytes),
    newId: () => '0123456789ab',
    defer: (action) => time.at(time.now(), action),
    onNotice: () => undefined,
  });
  const recovered = spool.recover();
  await pass(time, startMs + MINUTE_MS);
  await recovered;
  const lander = new Lander({
    source: spool,
    sink: { put: ({ key, body }) => see(key, body as Uint8Array) },
    bridgeId: 'cellar',
    timers: time,
    random: () => 0.5,
    compress: (lines) => Buffer.concat(lines),
    onNotice: () => undefined,
  });
  lander.start();
  return spool;
}

function send(spool: Spool, table: BatchTable = PHONES, rows = 1): void {
  const line = `${JSON.stringify({ arrivedMs: time.now() })}\n`;
  spool.append(table, Buffer.from(line.repeat(rows)), rows);
}

/** Sends a row at the beginning of each pause, for a time, and lets the last one become visible. */
async function trickle(
  spool: Spool,
  { pauseMs, forMs }: { pauseMs: number; forMs: number },
): Promise<number> {
  const untilMs = time.now() + forMs;
  let rows = 0;
  for (; time.now() < untilMs; rows++) {
    send(spool, rows % 3 === 0 ? TRAINERS : PHONES);
    await pass(time, time.now() + pauseMs);
  }
  await pass(time, time.now() + FLUSH_MS + MORE_MS_MAX);
  return rows;
}

function longestMs(): number {
  return Math.max(...seen.map(({ afterMs }) => afterMs));
}

describe('a reading is visible within the flush interval and a second', () => {
  test.each([40, 700, 19_900, 59_999, 60_000, 61_000, 7 * MINUTE_MS])(
    'when one comes each %i ms',
    async (pauseMs) => {
      const spool = await open(NOON_MS);
      const rows = await trickle(spool, { pauseMs, forMs: Math.max(5 * MINUTE_MS, 3 * pauseMs) });
      expect(seen.length).toBe(rows);
      expect(longestMs()).toBeLessThanOrEqual(FLUSH_MS + MORE_MS_MAX);
    },
  );

  test('and a flush interval after the first one of an object, not before', async () => {
    const spool = await open(NOON_MS);
    await trickle(spool, { pauseMs: 700, forMs: 5 * MINUTE_MS });
    expect(longestMs()).toBeGreaterThanOrEqual(FLUSH_MS);
    const objects = new Set(seen.filter(({ key }) => key.startsWith(PHONES)).map(({ key }) => key));
    expect(objects.size).toBe(5);
  });

  test('while full segments before it are still being landed', async () => {
    const spool = await open(NOON_MS, 20_000);
    putMs = 25_000;
    for (const rows of [1_000, 1_000, 1]) {
      send(spool, PHONES, rows);
      await pass(time, time.now() + 100);
    }
    await pass(time, time.now() + 45_000);
    expect(seen.length).toBe(1_000);
    putMs = PUT_MS;
    send(spool);
    await pass(time, time.now() + FLUSH_MS);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(3);
    expect(seen.length).toBe(2_002);
    expect(longestMs()).toBeLessThanOrEqual(FLUSH_MS + MORE_MS_MAX);
  });

  test('over midnight', async () => {
    const spool = await open(MIDNIGHT_MS - 3 * MINUTE_MS);
    const rows = await trickle(spool, { pauseMs: 700, forMs: 5 * MINUTE_MS });
    expect(seen.length).toBe(rows);
    expect(longestMs()).toBeLessThanOrEqual(FLUSH_MS + MORE_MS_MAX);
  });
});

describe('the date in a name', () => {
  test.each([1, 40, 700])(
    'is the UTC day of the first row, and the row that comes first after midnight ends the object: one each %i ms',
    async (pauseMs) => {
      const spool = await open(MIDNIGHT_MS - MINUTE_MS - 2_010);
      await trickle(spool, { pauseMs, forMs: 6_000 });
      const days = new Map<string, number[]>();
      for (const { key, arrivedMs } of seen) {
        days.set(key, [...(days.get(key) ?? []), arrivedMs]);
      }
      expect(days.size).toBe(4);
      for (const [key, arrivals] of days) {
        const day = new Date(arrivals[0] ?? 0).toISOString().slice(0, 10);
        expect(key).toContain(`/date=${day}/`);
      }
      // While the next segment is made, which takes some syncs, rows still go into the old one.
      const misplaced = seen.filter(
        ({ key, arrivedMs }) => key.includes('date=2022-06-18') && arrivedMs >= MIDNIGHT_MS,
      );
      const latest = Math.max(...misplaced.map(({ arrivedMs }) => arrivedMs));
      expect(latest - MIDNIGHT_MS).toBeLessThanOrEqual(3 * pauseMs + 3 * SYNC_MS);
    },
  );
});
