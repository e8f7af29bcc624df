import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { BatchTable } from '../../../bridge/core/landing-batches.ts';
import { encodeHeader } from '../../../bridge/core/spool-segment.ts';
import type { SealedSegment } from '../../../bridge/spool/spool-contract.ts';
import { Spool } from '../../../bridge/spool/spool.ts';
import { PowerLossDisk } from '../../faults/power-loss-disk.ts';

const TABLE: BatchTable = 'accelerometer_landing';
const FIRST = `${TABLE}.0000000001.segment`;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON_MS = 20_000 * DAY_MS + DAY_MS / 2;
/** With this draw, a loss of power leaves nothing but what is durable. */
const UNLUCKY = { next: () => 0.1 };

class Stage {
  readonly disk: PowerLossDisk;
  nowMs: number = NOON_MS;
  clockSetMs = 0;
  /** What syncs wait for, but for the first few. */
  slowness: Promise<void> = Promise.resolve();
  quickSyncs = 0;
  #ids = 0;

  constructor() {
    this.disk = new PowerLossDisk({ random: UNLUCKY, wait: () => this.#sync() });
  }

  async #sync(): Promise<void> {
    if (this.quickSyncs-- <= 0) await this.slowness;
  }

  async open(): Promise<Spool> {
    const clockSetMs = (): number => this.clockSetMs;
    const spool = new Spool(this.disk.mount(), {
      timers: {
        now: () => this.nowMs,
        at: () => undefined,
        get clockSetMs() {
          return clockSetMs();
        },
      },
      limits: { segmentBytes: 1_500, segmentMs: 60_000 },
      crc32: (bytes) => crc32(bytes),
      newId: () => (++this.#ids).toString(16).padStart(12, '0'),
      defer: (action) => void setImmediate(action),
      onNotice: () => undefined,
    });
    await spool.recover();
    return spool;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
}

function line(text: string): Uint8Array {
  return Buffer.from(`${JSON.stringify(text)}\n`);
}

async function textOf(spool: Spool, segment: SealedSegment | undefined): Promise<string> {
  return Buffer.concat((await spool.read(segment as SealedSegment)).lines).toString();
}

describe('a running spool', () => {
  test('seals a segment that is due while the one before it is being sealed, without another record', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    let sealed = 0;
    spool.onSealed(() => void sealed++);
    spool.append(TABLE, line('first'), 1);
    await settled();
    let finish = (): void => {};
    stage.slowness = new Promise((resolve) => {
      finish = resolve;
    });
    // Its records and the file of the next one become durable; its end does not.
    stage.quickSyncs = 2;
    spool.append(TABLE, line('x'.repeat(1_500)), 1);
    await settled();
    spool.append(TABLE, line('y'.repeat(1_500)), 1);
    await settled();
    expect(sealed).toBe(0);
    finish();
    await settled();
    expect(sealed).toBe(2);
    expect(await textOf(spool, spool.oldestSealed(TABLE))).toMatch(/^"first"/);
  });

  test('dates records by the time of day, not by the clock that nobody sets', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    stage.clockSetMs = DAY_MS;
    spool.append(TABLE, line('tomorrow'), 1);
    await spool.seal();
    expect(spool.oldestSealed(TABLE)?.firstArrivalMs).toBe(NOON_MS + DAY_MS);
  });
});

describe('a spool that another process left', () => {
  test('knows how long a sealed segment was, when its end is damaged after a loss of power', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      spool.append(TABLE, line(text), 1);
      await settled();
    }
    await spool.seal();
    stage.disk.losePower();
    const bytes = stage.disk.contents(FIRST);
    stage.disk.put(FIRST, bytes.fill(0, bytes.length - 150));
    const next = await stage.open();
    // As a torn tail, what was acknowledged would be cut, and a stored object be replaced by a shorter one.
    const { damaged } = await next.read(next.oldestSealed(TABLE) as SealedSegment);
    expect(damaged).not.toEqual([]);
  });

  test('goes on in the first of two segments that hold nothing, and no number is missing', async () => {
    const stage = new Stage();
    const { spoolId } = await stage.open();
    stage.disk.kill();
    for (const number of [1, 2]) {
      const header = { format: 2, table: TABLE, spoolId, number, createdMs: NOON_MS };
      const name = `${TABLE}.000000000${number}.segment`;
      stage.disk.put(
        name,
        encodeHeader(header, (bytes) => crc32(bytes)),
      );
    }
    const spool = await stage.open();
    for (const [index, text] of ['a', 'b'].entries()) {
      spool.append(TABLE, line(text), 1);
      await spool.seal();
      const segment = spool.oldestSealed(TABLE) as SealedSegment;
      expect(segment.number).toBe(index + 1);
      expect(await textOf(spool, segment)).toBe(`"${text}"\n`);
      await spool.markLanded(segment);
    }
    expect(spool.oldestSealed(TABLE)).toBeUndefined();
  });

  test('is durable as it is read, though the sync before had failed and the system takes its pages for written', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    stage.disk.failSyncs('EIO');
    // More than a page: what is written behind it does not bring the first page along.
    spool.append(TABLE, line('x'.repeat(6_000)), 1);
    await settled();
    expect(spool.status.state).toBe('failed');
    stage.disk.kill();
    stage.disk.failSyncs(undefined);
    const next = await stage.open();
    const offered = await textOf(next, next.oldestSealed(TABLE));
    expect(offered.length).toBe(6_003);
    stage.disk.losePower();
    const last = await stage.open();
    expect(await textOf(last, last.oldestSealed(TABLE))).toBe(offered);
  });

  test('offers nothing while it cannot be made durable', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    stage.slowness = new Promise(() => {});
    spool.append(TABLE, line('a'), 1);
    await settled();
    stage.disk.kill();
    stage.slowness = Promise.resolve();
    stage.disk.failSyncs('EIO');
    await expect(stage.open()).rejects.toMatchObject({ code: 'SPOOL_FAILED' });
  });

  test('can be landed when the disk is full', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    spool.append(TABLE, line('a'), 1);
    await settled();
    stage.disk.kill();
    stage.disk.capacityBytes = stage.disk.usedBytes;
    const next = await stage.open();
    expect(next.status.state).toBe('full');
    expect(await textOf(next, next.oldestSealed(TABLE))).toBe('"a"\n');
  });

  test('lands the records behind a header that is damaged, and tells of the header', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    spool.append(TABLE, line('a'), 1);
    await settled();
    // Power loss may take back what the spool noted of how far it was durable.
    stage.disk.delete('durable');
    stage.disk.losePower();
    stage.disk.damage(FIRST, 40, Uint8Array.of(0xff));
    const next = await stage.open();
    const contents = await next.read(next.oldestSealed(TABLE) as SealedSegment);
    expect(contents.rows).toBe(1);
    expect(contents.damaged.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([[0, 128]]);
  });

  test('dates a segment that is gone, and has no neighbour, by its beginning, each time', async () => {
    const stage = new Stage();
    const spool = await stage.open();
    spool.append(TABLE, line('a'), 1);
    await settled();
    stage.disk.kill();
    stage.disk.delete(FIRST);
    for (let day = 1; day <= 2; day++) {
      stage.nowMs = NOON_MS + day * DAY_MS;
      const next = await stage.open();
      const segment = next.oldestSealed(TABLE) as SealedSegment;
      expect(segment).toMatchObject({ number: 1, rows: 0, firstArrivalMs: NOON_MS });
      expect(await next.read(segment)).toMatchObject({ isMissing: true, firstArrivalMs: NOON_MS });
      stage.disk.kill();
    }
  });
});
