import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { BridgeError } from '../../../bridge/bridge-error.ts';
import type { BatchTable } from '../../../bridge/core/landing-batches.ts';
import { BATCH_TABLES } from '../../../bridge/core/spool-names.ts';
import { Lander } from '../../../bridge/landing/lander.ts';
import type { StoredSegment } from '../../../bridge/landing/lander.ts';
import type { SegmentDamage } from '../../../bridge/landing/segment-objects.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { gzipNow, MemorySink, MemorySource, NOON_MS, pass, settle } from './memory-source.ts';

const PHONES: BatchTable = 'accelerometer_landing';
const STEPS: BatchTable = 'step_trainer_landing';
const QUARANTINE: BatchTable = 'quarantine/step_trainer_landing';
const AWAY = new BridgeError('STORAGE_UNREACHABLE', 'Cannot reach it. Check that it runs.');
const HOUR_MS = 3_600_000;

let time: VirtualTime;
let source: MemorySource;
let sink: MemorySink;
let notices: string[];
let stored: StoredSegment[];
let found: SegmentDamage[];
let lander: Lander;

beforeEach(() => {
  time = new VirtualTime(NOON_MS);
  source = new MemorySource();
  sink = new MemorySink();
  notices = [];
  stored = [];
  found = [];
  lander = new Lander({
    source,
    sink,
    bridgeId: 'Bridge 7',
    timers: time,
    random: () => 0.5,
    compress: gzipNow,
    onNotice: ({ text }) => notices.push(text),
    onStored: (segment) => stored.push(segment),
    onDamage: (damage) => found.push(damage),
  });
});

const keyOf = (table: string, number: number, more = ''): string =>
  `${table}/date=2022-06-18/!42ridge!207-0f3a-${String(number).padStart(10, '0')}${more}.json.gz`;
const textOf = (key: string): string =>
  gunzipSync(sink.objects.get(key)?.body as Uint8Array).toString();

describe('Lander', () => {
  it('makes one object of a segment, with the origin as metadata, then marks it', async () => {
    source.seal(STEPS, ['{"a":1}', '{"b":"ż"}']);
    lander.start();
    await lander.drained();
    const key = keyOf(STEPS, 1);
    expect(textOf(key)).toBe('{"a":1}\n{"b":"ż"}\n');
    expect(sink.objects.get(key)?.metadata).toEqual({
      bridge: '!42ridge!207',
      spool: '0f3a',
      segment: '1',
      records: '2',
      'arrived-from': '2022-06-18T12:00:00.000Z',
      'arrived-to': '2022-06-18T12:01:00.000Z',
    });
    expect(source.landed).toEqual([`${STEPS} 1`]);
    expect(stored).toEqual([
      {
        table: STEPS,
        number: 1,
        rows: 2,
        damageLines: 0,
        objects: [{ key, bytes: sink.objects.get(key)?.body.length }],
      },
    ]);
    expect(notices).toEqual([]);
  });

  it('lands what is sealed later, and each table strictly in order', async () => {
    lander.start();
    for (let number = 1; number <= 20; number++) {
      source.seal(STEPS, [`{"s":${number}}`]);
      source.seal(PHONES, [`{"p":${number}}`]);
    }
    await lander.drained();
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const table of [STEPS, PHONES]) {
      expect(sink.puts.filter((key) => key.startsWith(table))).toEqual(
        numbers.map((number) => keyOf(table, number)),
      );
    }
    source.seal(STEPS, ['{"late":1}']);
    await settle();
    expect(source.landed.at(-1)).toBe(`${STEPS} 21`);
  });

  it('never has more than two segments in memory, in all tables together', async () => {
    sink.before = () => {
      throw AWAY;
    };
    for (const table of BATCH_TABLES) {
      for (let number = 0; number < 5; number++) source.seal(table, ['{}']);
    }
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    expect(source.mostOpen).toBe(2);
    sink.before = () => undefined;
    await pass(time, NOON_MS + 2 * HOUR_MS);
    expect(source.mostOpen).toBe(2);
    expect(source.landed).toHaveLength(20);
  });

  it('lets every table have its turn', async () => {
    for (const table of BATCH_TABLES) {
      for (let number = 0; number < 5; number++) source.seal(table, ['{}']);
    }
    lander.start();
    await lander.drained();
    const [first, second] = [source.landed.slice(0, 4), source.landed.slice(4, 8)];
    expect(first.toSorted()).toEqual(BATCH_TABLES.map((table) => `${table} 1`).toSorted());
    expect(second.toSorted()).toEqual(BATCH_TABLES.map((table) => `${table} 2`).toSorted());
  });

  it('tries for ever, with pauses that grow, and tells it once when storage goes and once when it is back', async () => {
    const attemptsMs: number[] = [];
    sink.before = () => {
      attemptsMs.push(time.now() - NOON_MS);
      throw AWAY;
    };
    source.seal(STEPS, ['{}']);
    lander.start();
    await pass(time, NOON_MS + 48 * HOUR_MS);
    expect(attemptsMs.slice(0, 9)).toEqual([0, 250, 750, 1750, 3750, 7750, 15_750, 30_750, 45_750]);
    expect(attemptsMs.length).toBeGreaterThan(11_000);
    expect(notices).toEqual([
      'The storage fails. Cannot reach it. Check that it runs. It is tried again until it works; what waits stays in the spool.',
    ]);
    expect(lander.status).toEqual({ storageUp: false, putFailures: attemptsMs.length });
    expect(source.landed).toEqual([]);
    sink.before = () => undefined;
    await pass(time, NOON_MS + 49 * HOUR_MS);
    expect(source.landed).toEqual([`${STEPS} 1`]);
    expect(notices.slice(1)).toEqual(['The storage works again.']);
    expect(lander.status.storageUp).toBe(true);
  });

  it('tells another cause that shows while the storage is away, and each of them once', async () => {
    const causes = [AWAY, new BridgeError('STORAGE_REFUSED', 'No such bucket. Create it.')];
    sink.before = () => {
      throw causes[sink.attempts % 2] as BridgeError;
    };
    source.seal(STEPS, ['{}']);
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    expect(notices).toHaveLength(2);
    expect(notices[0]).toContain('No such bucket. Create it.');
    expect(notices[1]).toContain('Cannot reach it.');
  });

  it('is back only when no table fails any longer', async () => {
    const broken = new Set<string>([STEPS, PHONES]);
    sink.before = ({ key }) => {
      if (broken.has(key.split('/')[0] ?? '')) throw AWAY;
    };
    source.seal(STEPS, ['{}']);
    source.seal(PHONES, ['{}']);
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    broken.delete(STEPS);
    await pass(time, NOON_MS + 2 * HOUR_MS);
    expect(source.landed).toEqual([`${STEPS} 1`]);
    expect(lander.status.storageUp).toBe(false);
    expect(notices).toHaveLength(1);
    broken.delete(PHONES);
    await pass(time, NOON_MS + 3 * HOUR_MS);
    expect(notices).toHaveLength(2);
  });

  it('sends the same bytes under the same key when an answer got lost', async () => {
    const bodies: unknown[] = [];
    sink.after = ({ body }) => {
      if (bodies.push(body) < 3) throw AWAY;
    };
    source.seal(STEPS, ['{"a":1}']);
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    expect(sink.puts).toEqual([1, 1, 1].map((number) => keyOf(STEPS, number)));
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('gives up an attempt that hangs, tells the sink so, and tries again', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    sink.before = (_object, signal) =>
      signals.push(signal) < 3 ? new Promise(() => undefined) : undefined;
    source.seal(STEPS, ['{}']);
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, false]);
    expect(source.landed).toEqual([`${STEPS} 1`]);
    expect(notices[0]).toContain('did not answer within 30 s');
  });

  it('gives a large object more time', async () => {
    const lengths: number[] = [];
    const slow = new Lander({
      source,
      sink,
      bridgeId: 'b',
      timers: time,
      random: () => 0.5,
      compress: () => new Uint8Array(3_200_000),
      onNotice: () => undefined,
    });
    sink.before = (_object, signal) => {
      const beganMs = time.now();
      signal?.addEventListener('abort', () => lengths.push(time.now() - beganMs));
      return new Promise(() => undefined);
    };
    source.seal(STEPS, ['{}']);
    slow.start();
    await pass(time, NOON_MS + 200_000);
    expect(lengths[0]).toBe(130_000);
  });

  it('goes on when the spool cannot be read or marked for a while, and stores nothing twice for it', async () => {
    source.seal(STEPS, ['{}']);
    source.failure = new Error('EIO: i/o error, read');
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    expect(notices).toEqual([
      'Reading or marking the spool fails. EIO: i/o error, read It is tried again until it works; what waits stays in the spool.',
    ]);
    expect(lander.status).toEqual({ storageUp: true, putFailures: 0 });
    source.failure = undefined;
    sink.after = () => (source.failure = new Error('ENOSPC'));
    await pass(time, NOON_MS + 2 * HOUR_MS);
    expect(source.landed).toEqual([]);
    source.failure = undefined;
    await pass(time, NOON_MS + 3 * HOUR_MS);
    expect(source.landed).toEqual([`${STEPS} 1`]);
    expect(sink.puts).toEqual([keyOf(STEPS, 1)]);
  });
});

describe('Lander.stop', () => {
  it('finishes the segment that is in flight and begins no other', async () => {
    let answer: () => void = () => undefined;
    sink.before = () => new Promise((resolve) => (answer = resolve));
    source.seal(STEPS, ['{"n":1}']);
    source.seal(STEPS, ['{"n":2}']);
    lander.start();
    await settle();
    const stopped = lander.stop();
    await pass(time, NOON_MS + 9000);
    answer();
    await stopped;
    await pass(time, NOON_MS + HOUR_MS);
    expect(source.landed).toEqual([`${STEPS} 1`]);
    expect(sink.attempts).toBe(1);
  });

  it('waits no longer than the grace time for a storage that hangs', async () => {
    sink.before = () => new Promise(() => undefined);
    source.seal(STEPS, ['{}']);
    lander.start();
    await settle();
    let isStopped = false;
    const stopped = lander.stop(5000).then(() => (isStopped = true));
    await pass(time, NOON_MS + 4999);
    expect(isStopped).toBe(false);
    await pass(time, NOON_MS + 5000);
    await stopped;
    expect(source.landed).toEqual([]);
  });

  it('does not wait for the end of a pause, and ends what waits for the rest', async () => {
    sink.before = () => {
      throw AWAY;
    };
    source.seal(STEPS, ['{}']);
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    const attempts = sink.attempts;
    const drained = lander.drained();
    await lander.stop();
    await drained;
    expect(sink.attempts).toBe(attempts);
    expect(time.now()).toBe(NOON_MS + HOUR_MS);
  });
});

describe('damage', () => {
  const damaged = [
    { offset: 4096, bytes: Buffer.from([0, 255, 0]) },
    { offset: 9000, bytes: Buffer.alloc(200_000, 1) },
  ];

  it('is told in quarantine before the rest is landed, under names that a repeat repeats', async () => {
    source.seal(STEPS, ['{"a":1}'], { damaged });
    lander.start();
    await lander.drained();
    const told = keyOf(`quarantine/${STEPS}`, 1, '-landing-damage');
    expect(sink.puts).toEqual([told, keyOf(STEPS, 1, '-salvaged')]);
    const lines = textOf(told)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({
      reason: 'spool-damaged',
      source: 'spool',
      position: `${STEPS}/0000000001@4096`,
      arrivedAt: NOON_MS,
      encoding: 'base64',
      original: 'AP8A',
    });
    expect(lines.map(({ position }) => String(position).split('@')[1])).toEqual([
      '4096',
      '9000',
      String(9000 + 196_608),
    ]);
    const bytes = lines.slice(1).map(({ original }) => Buffer.from(String(original), 'base64'));
    expect(Buffer.concat(bytes).equals(damaged[1]?.bytes as Buffer)).toBe(true);
    expect(stored[0]).toMatchObject({ rows: 1, damageLines: 3 });
    const reason = 'spool-damaged';
    expect(found).toEqual([{ table: QUARANTINE, reason, lines: 3, ranges: 2, bytes: 200_003 }]);
  });

  it('of a quarantine segment is told beside it, and a missing segment as missing', async () => {
    const missing = { rows: 0, lines: [], isMissing: true };
    source.seal(QUARANTINE, [], missing);
    source.seal(STEPS, [], missing);
    lander.start();
    await lander.drained();
    const keys = [
      keyOf(QUARANTINE, 1, '-landing-damage'),
      keyOf(QUARANTINE, 1, '-quarantine-damage'),
    ];
    expect([...sink.objects.keys()].toSorted()).toEqual(keys);
    expect(JSON.parse(textOf(keys[1] ?? ''))).toMatchObject({
      reason: 'spool-segment-missing',
      position: `${QUARANTINE}/0000000001`,
      original: '',
    });
    expect(source.landed).toHaveLength(2);
    const gone = { reason: 'spool-segment-missing', lines: 1, ranges: 0, bytes: 0 };
    expect(found).toEqual([QUARANTINE, QUARANTINE].map((table) => ({ table, ...gone })));
  });

  it('that only shortened a file is told, and a segment that holds nothing is marked without an object', async () => {
    source.seal(STEPS, ['{}'], { damaged: [{ offset: 700, bytes: new Uint8Array(0) }] });
    source.seal(STEPS, []);
    lander.start();
    await lander.drained();
    expect(sink.puts).toHaveLength(2);
    expect(JSON.parse(textOf(sink.puts[0] ?? ''))).toMatchObject({
      reason: 'spool-damaged',
      position: `${STEPS}/0000000001@700`,
      original: '',
    });
    expect(source.landed).toEqual([`${STEPS} 1`, `${STEPS} 2`]);
  });

  it('is stored before anything is marked', async () => {
    source.seal(STEPS, ['{}'], { damaged });
    sink.before = ({ key }) => {
      if (key.startsWith('quarantine/')) throw AWAY;
    };
    lander.start();
    await pass(time, NOON_MS + HOUR_MS);
    expect(sink.puts).toEqual([]);
    expect(source.landed).toEqual([]);
  });
});
