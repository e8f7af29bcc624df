import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { BatchTable } from '../../../bridge/core/landing-batches.ts';
import { RECORD_HEADER_BYTES } from '../../../bridge/core/spool-record.ts';
import type { SealedSegment } from '../../../bridge/spool/spool-contract.ts';
import type { SpoolDisk } from '../../../bridge/spool/spool-disk.ts';
import { CLAIMS_FILE } from '../../../bridge/spool/spool-identity.ts';
import { Spool } from '../../../bridge/spool/spool.ts';
import { PowerLossDisk } from '../../faults/power-loss-disk.ts';

const TABLE: BatchTable = 'accelerometer_landing';
const OTHER: BatchTable = 'step_trainer_landing';
const NOON_MS = 1_655_553_600_000;

/** A sync that goes on until the test ends it. */
interface HeldSync {
  readonly name: string;
  readonly end: (error?: Error) => void;
}

interface Stage {
  readonly disk: PowerLossDisk;
  readonly held: HeldSync[];
  readonly notices: string[];
  /** Whether syncs are held from now on. */
  isHolding: boolean;
}

function newStage(): Stage {
  const disk = new PowerLossDisk({ random: { next: () => 0.5 } });
  return { disk, held: [], notices: [], isHolding: false };
}

async function openOn(stage: Stage): Promise<Spool> {
  const spool = new Spool(holding(stage), {
    timers: { now: () => NOON_MS, at: () => undefined },
    limits: { segmentBytes: 1_000_000, segmentMs: 60_000 },
    crc32: (bytes) => crc32(bytes),
    newId: () => '0123456789ab',
    defer: (action) => void setImmediate(action),
    onNotice: ({ text }) => void stage.notices.push(text),
  });
  await spool.recover();
  return spool;
}

/** The disk, whose syncs of segments end when the test wants it. */
function holding(stage: Stage): SpoolDisk {
  const disk = stage.disk.mount();
  const create = disk.create.bind(disk);
  disk.create = async (name) => {
    const file = await create(name);
    const sync = async (): Promise<void> => {
      if (stage.isHolding) {
        await new Promise<void>((resolve, reject) => {
          const end = (error?: Error): void => (error === undefined ? resolve() : reject(error));
          stage.held.push({ name, end });
        });
      }
      await file.sync();
    };
    return { ...file, sync };
  };
  return disk;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
}

function line(text: string): Uint8Array {
  return Buffer.from(`${JSON.stringify(text)}\n`);
}

test('when the sync of one table fails, nobody is told whose sync of another table ends well after it', async () => {
  const stage = newStage();
  const spool = await openOn(stage);
  stage.isHolding = true;
  const told: string[] = [];
  spool.append(TABLE, line('well'), 1, () => void told.push(TABLE));
  spool.append(OTHER, line('badly'), 1, () => void told.push(OTHER));
  await settled();
  const [well, badly] = [TABLE, OTHER].map((table) =>
    stage.held.find(({ name }) => name.startsWith(table)),
  );
  badly?.end(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }));
  await settled();
  expect(spool.status.state).toBe('failed');
  well?.end();
  await settled();
  // Both syncs are of one disk, and nobody knows what it does from here on.
  expect(told).toEqual([]);
  expect(spool.oldestSealed(TABLE)).toBeUndefined();
  expect(stage.held.map(({ name }) => name.split('.')[0])).toEqual([TABLE, OTHER]);
});

test('what was written and not durable is a torn tail after the loss of power, though a later record of it is whole', async () => {
  const stage = newStage();
  const spool = await openOn(stage);
  const told: string[] = [];
  const append = async (text: string): Promise<number> => {
    spool.append(TABLE, line(text), 1, () => void told.push(text));
    await settled();
    return stage.disk.contents(NAME).length;
  };
  const NAME = `${TABLE}.0000000001.segment`;
  const durable = await append('durable');
  stage.isHolding = true;
  const first = await append('written first');
  const last = await append('written last');
  expect(told).toEqual(['durable']);
  expect(last - first).toBe(RECORD_HEADER_BYTES + line('written last').length);

  // The disk wrote the pages in an order of its own, and had come to the last one.
  stage.disk.kill();
  const file = stage.disk.contents(NAME).fill(0, durable, first);
  stage.disk.put(NAME, file);
  stage.isHolding = false;
  const next = await openOn(stage);
  const { lines, rows, damaged } = await next.read(next.oldestSealed(TABLE) as SealedSegment);
  expect(Buffer.concat(lines).toString()).toBe('"durable"\n');
  expect({ rows, damaged }).toEqual({ rows: 1, damaged: [] });
  expect(stage.notices).toEqual([expect.stringContaining(`${last - durable} bytes of ${TABLE}`)]);
});

test('what was durable is damage when it is gone, and what stands behind it lands', async () => {
  const stage = newStage();
  const spool = await openOn(stage);
  const ends: number[] = [];
  const name = `${TABLE}.0000000001.segment`;
  for (const text of ['one', 'two', 'three']) {
    spool.append(TABLE, line(text), 1);
    await settled();
    ends.push(stage.disk.contents(name).length);
  }
  stage.disk.kill();
  const [offset = 0, end = 0] = ends;
  stage.disk.put(name, stage.disk.contents(name).fill(0, offset, end));
  // The records themselves tell what was durable, also when the note beside them is gone.
  stage.disk.delete(CLAIMS_FILE);
  const next = await openOn(stage);
  const { lines, damaged } = await next.read(next.oldestSealed(TABLE) as SealedSegment);
  expect(Buffer.concat(lines).toString()).toBe('"one"\n"three"\n');
  expect(damaged).toEqual([{ offset, bytes: new Uint8Array(end - offset) }]);
  expect(stage.notices).toEqual([]);
});
