/** A million readings through the spool and the lander as production sets them up: what comes to the storage. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { BatchTable, LandingObject } from '../../../bridge/core/landing-batches.ts';
import { Lander } from '../../../bridge/landing/lander.ts';
import { openSpool } from '../../../bridge/spool/open-spool.ts';
import type { Spool } from '../../../bridge/spool/spool.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/core/random.ts';
import { seededStreams } from '../../../simulator/index.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { NOON_MS } from './memory-source.ts';

const READINGS = 1_000_000;
const READINGS_PER_PUT = 10_000;
const OBJECT_BYTES_MIN = 1_000_000;
const BATCH = 50;
/** 10,000 readings in 25 ms are 400,000 in a second. */
const BATCHES_PER_TURN = 200;
const TURN_MS = 25;
const DEVICES = 20;
const PHONES: BatchTable = 'accelerometer_landing';
const TRAINERS: BatchTable = 'step_trainer_landing';

/** A row as a phone or a trainer makes it: few of them send, times go up, values scatter. */
function rowOf(table: BatchTable, device: number, timeMs: number, random: Random): object {
  if (table === TRAINERS) {
    const serialNumber = `8d1f${device}2c-59e4-4b60-9c8e-13a2ec5e1d07`;
    const distanceFromObject = drawInteger(random, 180, 260);
    return { sensorReadingTime: timeMs, serialNumber, distanceFromObject };
  }
  const [x, y, z] = [0, 0, 0].map(() => drawInteger(random, -2_000, 2_000) / 1_000);
  return { user: `Person${device}.Of.The.House@test.com`, timeStamp: timeMs, x, y, z };
}

function batchOf(table: BatchTable, device: number, random: Random): Uint8Array {
  const rows = Array.from({ length: BATCH }, (_, row) =>
    JSON.stringify(rowOf(table, device, NOON_MS + 20 * row, random)),
  );
  return Buffer.from(`${rows.join('\n')}\n`);
}

/** Gives the bytes of all lines. */
async function sendAll(spool: Spool, time: VirtualTime): Promise<number> {
  const random = seededStreams(4)('full load');
  // They come again, but so late that gzip, which looks 32 KiB back, does not see it.
  const drawn = Array.from({ length: 4 * DEVICES }, (_, index) => {
    const table = index % 2 === 0 ? PHONES : TRAINERS;
    return { table, lines: batchOf(table, index % DEVICES, random) };
  });
  let bytes = 0;
  for (let batch = 0; batch < READINGS / BATCH; batch++) {
    const { table, lines } = drawn[batch % drawn.length] as (typeof drawn)[number];
    spool.append(table, lines, BATCH);
    bytes += lines.length;
    if (batch % BATCHES_PER_TURN !== 0) continue;
    time.at(time.now() + TURN_MS, () => undefined);
    time.run(time.now() + TURN_MS, Number.POSITIVE_INFINITY);
    // Sources pause when they are told to.
    if (spool.isFull) await new Promise<void>((resolve) => spool.onRoom(resolve));
    else await new Promise((resolve) => void setImmediate(resolve));
  }
  return bytes;
}

test('at full load there is one PUT for 10,000 readings at most, and of each table all objects but the last have 1 MB and more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-full-load-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const time = new VirtualTime(NOON_MS);
  const spool = await openSpool({ folder, timers: time, onNotice: () => undefined });
  const puts: { readonly table: string; readonly bytes: number }[] = [];
  let landedBytes = 0;
  const lander = new Lander({
    source: spool,
    sink: {
      put: async ({ key, body }: LandingObject) => {
        puts.push({ table: key.split('/')[0] ?? '', bytes: body.length });
        landedBytes += gunzipSync(body).length;
      },
    },
    bridgeId: spool.bridgeId,
    timers: time,
    random: () => 0.5,
    onNotice: () => undefined,
  });
  lander.start();
  const sentBytes = await sendAll(spool, time);
  await spool.seal();
  await lander.drained();
  await spool.close();

  expect(landedBytes).toBe(sentBytes);
  expect(puts.length).toBeLessThanOrEqual(READINGS / READINGS_PER_PUT);
  for (const table of [PHONES, TRAINERS]) {
    const sizes = puts.filter((put) => put.table === table).map(({ bytes }) => bytes);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(OBJECT_BYTES_MIN);
  }
});
