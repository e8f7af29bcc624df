import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BridgeError } from '../../../bridge/bridge-error.ts';
import type { BatchTable } from '../../../bridge/core/landing-batches.ts';
import { BATCH_TABLES } from '../../../bridge/core/spool-names.ts';
import type { SealedSegment } from '../../../bridge/spool/spool-contract.ts';
import type { SpoolDisk } from '../../../bridge/spool/spool-disk.ts';
import { Spool } from '../../../bridge/spool/spool.ts';
import { PowerLossDisk } from '../../faults/power-loss-disk.ts';

const TABLE: BatchTable = 'accelerometer_landing';
const OTHER: BatchTable = 'quarantine/step_trainer_landing';
const DAY_MS = 86_400_000;
const NOON_MS = 20_000 * DAY_MS + DAY_MS / 2;

interface Stage {
  readonly disk: PowerLossDisk;
  readonly notices: string[];
  readonly calls: string[];
  /** What a sync of a segment waits for. */
  slowness: Promise<void>;
  nowMs: number;
  readonly alarms: { readonly timeMs: number; readonly action: () => void }[];
}

function newStage(): Stage {
  const disk = new PowerLossDisk({ random: { next: () => 0.5 } });
  return { disk, notices: [], calls: [], slowness: Promise.resolve(), nowMs: NOON_MS, alarms: [] };
}

let ids = 0;

async function openOn(
  stage: Stage,
  options: { bridgeId?: string; segmentBytes?: number } = {},
): Promise<Spool> {
  const { segmentBytes = 1_000_000, ...rest } = options;
  const spool = new Spool(watched(stage), {
    ...rest,
    timers: {
      now: () => stage.nowMs,
      at: (timeMs, action) => void stage.alarms.push({ timeMs, action }),
    },
    limits: { segmentBytes, segmentMs: 60_000 },
    crc32: (bytes) => crc32(bytes),
    newId: () => (++ids).toString(16).padStart(12, '0'),
    defer: (action) => void setImmediate(action),
    onNotice: ({ text }) => void stage.notices.push(text),
  });
  await spool.recover();
  stage.calls.length = 0;
  return spool;
}

/** The disk, which notes what is done to it. */
function watched(stage: Stage): SpoolDisk {
  const disk = stage.disk.mount();
  return {
    place: disk.place,
    list: () => disk.list(),
    read: (...where) => disk.read(...where),
    open: (name) => disk.open(name),
    close: () => disk.close(),
    note: (name, bytes) => disk.note(name, bytes),
    syncNote: (name) => disk.syncNote(name),
    create: async (name) => {
      const file = await disk.create(name);
      return {
        cut: (bytes) => file.cut(bytes),
        rewrite: (bytes, offset) => file.rewrite(bytes, offset),
        close: () => file.close(),
        write: (bytes) => {
          stage.calls.push('write');
          file.write(bytes);
        },
        sync: async () => {
          stage.calls.push('sync');
          await stage.slowness;
          await file.sync();
        },
      };
    },
    replace: async (name, bytes) => {
      await disk.replace(name, bytes);
      stage.calls.push(`replace ${name}`);
    },
    remove: async (name) => {
      stage.calls.push(`remove ${name}`);
      await disk.remove(name);
    },
  };
}

/** Lets time pass; alarms that are due go off. */
async function pass(stage: Stage, ms: number): Promise<void> {
  stage.nowMs += ms;
  const due = stage.alarms.filter(({ timeMs }) => timeMs <= stage.nowMs);
  for (const alarm of due) {
    stage.alarms.splice(stage.alarms.indexOf(alarm), 1);
    alarm.action();
  }
  await settled();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
}

function line(text: string): Uint8Array {
  return Buffer.from(`${JSON.stringify(text)}\n`);
}

async function linesOf(spool: Spool, segment: SealedSegment | undefined): Promise<string> {
  return Buffer.concat((await spool.read(segment as SealedSegment)).lines).toString();
}

describe('appending', () => {
  test('takes one write and one sync for all of a tick, then tells everybody in order, and nobody during the call', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    const told: number[] = [];
    for (let row = 0; row < 1_000; row++) {
      const body = line(`row ${row}`);
      spool.append(TABLE, body, 1, () => void told.push(row));
      // The bytes are the spool's own by now.
      body.fill(0);
    }
    expect(told).toEqual([]);
    expect(spool.status.pendingBytes).toBeGreaterThan(1_000 * 28);
    await settled();
    expect(stage.calls).toEqual(['write', 'sync']);
    expect(told).toEqual(Array.from({ length: 1_000 }, (_, row) => row));
    expect(spool.status).toMatchObject({
      unlandedRows: 1_000,
      pendingBytes: 0,
      oldestUnlandedMs: NOON_MS,
    });
    await spool.seal();
    expect(await linesOf(spool, spool.oldestSealed(TABLE))).toContain('"row 0"\n"row 1"\n');
  });

  test('is with the operating system at once after a flush, so that SIGKILL cannot take it', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    spool.append(TABLE, line('first'), 1);
    spool.flush();
    stage.disk.kill();
    const next = await openOn(stage);
    expect(await linesOf(next, next.oldestSealed(TABLE))).toBe('"first"\n');
  });

  test('makes sources pause above 32 MiB, and go on at half of it, told once', async () => {
    const stage = newStage();
    const spool = await openOn(stage, { segmentBytes: 16_777_216 });
    let rooms = 0;
    spool.onRoom(() => void rooms++);
    const big = new Uint8Array(1_048_576).fill(0x61);
    // In all tables together: one segment that grows too long would make them pause, too.
    const appendTo = (piece: number): void =>
      spool.append(BATCH_TABLES[piece % BATCH_TABLES.length] ?? TABLE, big, 1);
    for (let piece = 0; piece < 31; piece++) appendTo(piece);
    expect(spool.isFull).toBe(false);
    for (let piece = 31; piece < 33; piece++) appendTo(piece);
    expect(spool.isFull).toBe(true);
    await settled();
    expect({ isFull: spool.isFull, rooms }).toEqual({ isFull: false, rooms: 1 });
  });
});

describe('a segment is sealed', () => {
  test('at its size, with numbers that follow each other', async () => {
    const stage = newStage();
    const spool = await openOn(stage, { segmentBytes: 1_500 });
    const sealed: string[] = [];
    spool.onSealed((table) => void sealed.push(table));
    for (let part = 0; part < 3; part++) {
      for (let row = 0; row < 50; row++) spool.append(TABLE, line(`${part} ${row}`), 1);
      await settled();
    }
    expect(sealed).toEqual([TABLE, TABLE, TABLE]);
    for (const number of [1, 2, 3]) {
      const segment = spool.oldestSealed(TABLE) as SealedSegment;
      expect(segment).toMatchObject({ table: TABLE, number, rows: 50, firstArrivalMs: NOON_MS });
      await spool.markLanded(segment);
    }
    expect(spool.oldestSealed(TABLE)).toBeUndefined();
    expect(spool.status).toMatchObject({ unlandedRows: 0, oldestUnlandedMs: undefined });
  });

  test('a flush interval after its first record, and not before', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    await pass(stage, 50_000);
    spool.append(TABLE, line('first'), 1);
    await settled();
    await pass(stage, 59_999);
    expect(spool.oldestSealed(TABLE)).toBeUndefined();
    await pass(stage, 1);
    expect(spool.oldestSealed(TABLE)).toMatchObject({
      number: 1,
      firstArrivalMs: NOON_MS + 50_000,
    });
    expect(spool.oldestSealed(OTHER)).toBeUndefined();
  });

  test('when the date changes in UTC', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    spool.append(TABLE, line('evening'), 1);
    await settled();
    stage.nowMs += DAY_MS / 2;
    spool.append(TABLE, line('midnight'), 1);
    await settled();
    expect(spool.oldestSealed(TABLE)?.firstArrivalMs).toBe(NOON_MS);
  });

  test('not before something of it is durable: power loss leaves no empty one before another', async () => {
    const stage = newStage();
    const spool = await openOn(stage, { segmentBytes: 1 });
    let finish = (): void => {};
    stage.slowness = new Promise((resolve) => {
      finish = resolve;
    });
    for (const text of ['a', 'b', 'c']) {
      spool.append(TABLE, line(text), 1);
      await settled();
    }
    expect(stage.disk.contents(`${TABLE}.0000000002.segment`).length).toBe(128);
    finish();
    await settled();
    expect(await linesOf(spool, spool.oldestSealed(TABLE))).toBe('"a"\n"b"\n"c"\n');
  });

  test('on demand, only where there is something, also while another one is being sealed', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    spool.append(TABLE, line('a'), 1);
    const first = spool.seal();
    spool.append(TABLE, line('b'), 1);
    await Promise.all([first, spool.seal()]);
    const text = await linesOf(spool, spool.oldestSealed(TABLE));
    expect(text.startsWith('"a"\n')).toBe(true);
    expect(spool.status.unlandedRows).toBe(2);
    expect(spool.oldestSealed(OTHER)).toBeUndefined();
    await spool.seal();
    expect(stage.disk.names().filter((name) => name.startsWith(TABLE)).length).toBeLessThan(4);
  });
});

describe('landing', () => {
  test('is marked durably before the file goes', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    spool.append(TABLE, line('a'), 1);
    await spool.seal();
    stage.calls.length = 0;
    await spool.markLanded(spool.oldestSealed(TABLE) as SealedSegment);
    expect(stage.calls).toEqual(['replace spool.json', `remove ${TABLE}.0000000001.segment`]);
  });

  test('is not repeated after a restart, and numbers go on', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    for (const text of ['a', 'b']) {
      spool.append(TABLE, line(text), 1);
      await spool.seal();
    }
    await spool.markLanded(spool.oldestSealed(TABLE) as SealedSegment);
    stage.disk.losePower();
    const next = await openOn(stage);
    expect(next.spoolId).toBe(spool.spoolId);
    expect(next.oldestSealed(TABLE)).toMatchObject({ number: 2, rows: 1 });
    await next.markLanded(next.oldestSealed(TABLE) as SealedSegment);
    next.append(TABLE, line('c'), 1);
    await next.seal();
    expect(next.oldestSealed(TABLE)?.number).toBe(3);
  });

  test('never uses an object name twice, though marks and segments are all lost', async () => {
    const stage = newStage();
    const spool = await openOn(stage, { bridgeId: 'cellar' });
    spool.append(TABLE, line('a'), 1);
    await spool.seal();
    await spool.close();
    for (const name of stage.disk.names()) stage.disk.delete(name);
    const next = await openOn(stage, { bridgeId: 'cellar' });
    expect(next.spoolId).not.toBe(spool.spoolId);
  });

  test('is told of segments that are gone, one for each number, in the day of the one before them', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    for (const text of ['a', 'b', 'c', 'd']) {
      spool.append(TABLE, line(text), 1);
      await spool.seal();
      stage.nowMs += DAY_MS;
    }
    stage.disk.kill();
    for (const number of [2, 4]) stage.disk.delete(`${TABLE}.000000000${number}.segment`);
    const next = await openOn(stage);
    const found = [];
    for (let segment = next.oldestSealed(TABLE); segment; segment = next.oldestSealed(TABLE)) {
      const { rows, isMissing } = await next.read(segment);
      found.push({
        number: segment.number,
        rows,
        isMissing,
        day: (segment.firstArrivalMs - NOON_MS) / DAY_MS,
      });
      await next.markLanded(segment);
    }
    expect(found).toEqual([
      { number: 1, rows: 1, isMissing: false, day: 0 },
      { number: 2, rows: 0, isMissing: true, day: 0 },
      { number: 3, rows: 1, isMissing: false, day: 2 },
      { number: 4, rows: 0, isMissing: true, day: 2 },
    ]);
  });
});

describe('a spool is refused', () => {
  async function codeOf(opening: Promise<Spool>): Promise<string> {
    const error: unknown = await opening.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BridgeError);
    return `${(error as BridgeError).code}: ${(error as BridgeError).message}`;
  }

  test('when it belongs to another bridge; the message says to which', async () => {
    const stage = newStage();
    await (await openOn(stage, { bridgeId: 'cellar' })).close();
    expect(await codeOf(openOn(stage, { bridgeId: 'attic' }))).toMatch(
      /^SPOOL_OTHER: .*--id cellar/,
    );
    expect((await openOn(stage)).bridgeId).toBe('cellar');
  });

  test.each(['spool.json', `${TABLE}.0000000001.segment`])(
    'when %s is of a newer format; nothing is touched',
    async (name) => {
      const stage = newStage();
      const spool = await openOn(stage);
      spool.append(TABLE, line('a'), 1);
      await spool.seal();
      await spool.close();
      stage.disk.put(name, newer(stage.disk.contents(name)));
      const before = stage.disk.names().map((file) => [file, stage.disk.contents(file)]);
      expect(await codeOf(openOn(stage))).toMatch(/^SPOOL_NEWER: .* format 3, .* up to 2/);
      const after = stage.disk.names().map((file) => [file, stage.disk.contents(file)]);
      expect(after).toEqual(before);
    },
  );

  function newer(file: Uint8Array): Uint8Array {
    const text = Buffer.from(file).toString('latin1');
    if (text.startsWith('{')) {
      const state = text.slice(0, text.indexOf(',"crc"')).replace('"format":2', '"format":3');
      return Buffer.from(`${state},"crc":${crc32(Buffer.from(`${state}}`))}}\n`);
    }
    const bytes = Buffer.from(file);
    bytes.writeUInt32LE(3, 8);
    bytes.writeUInt32LE((crc32(bytes.subarray(16, 128)) ^ 2) >>> 0, 12);
    return bytes;
  }
});

describe('closing', () => {
  test('makes durable what was appended, and keeps what is not landed', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    let isDurable = false;
    spool.append(TABLE, line('last'), 1, () => {
      isDurable = true;
    });
    await spool.close();
    expect(isDurable).toBe(true);
    stage.disk.losePower();
    const next = await openOn(stage);
    expect(await linesOf(next, next.oldestSealed(TABLE))).toBe('"last"\n');
    expect(stage.notices).toEqual([]);
  });

  test('says that the disk is full, when something could not be kept', async () => {
    const stage = newStage();
    const spool = await openOn(stage);
    stage.disk.capacityBytes = 0;
    spool.append(TABLE, line('last'), 1);
    await expect(spool.close()).rejects.toMatchObject({ code: 'SPOOL_FAILED' });
    stage.disk.capacityBytes = Number.POSITIVE_INFINITY;
    expect((await openOn(stage)).status.unlandedRows).toBe(0);
  });
});
