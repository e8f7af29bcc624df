import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { BridgeError } from '../../../bridge/bridge-error.ts';
import { replayQuarantine } from '../../../bridge/quarantine/replay.ts';
import type { ReplayResult } from '../../../bridge/quarantine/replay.ts';
import type { Selection } from '../../../bridge/quarantine/selection.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemoryShelf, PHONES, sample, step, STEPS } from './memory-shelf.ts';

let shelf: MemoryShelf;
beforeEach(() => {
  shelf = new MemoryShelf();
});

const replay = (
  selection: Selection = {},
  corrections?: ReadonlyMap<string, Uint8Array>,
): Promise<ReplayResult> =>
  replayQuarantine(shelf, { selection, ...(corrections && { corrections }) });
const right = (timeStamp: number): { original: Buffer } => ({
  original: Buffer.from(sample(timeStamp)),
});
const idOf = (key: string, line: number): string => `${key.slice('quarantine/'.length)}#${line}`;
const NOTHING = { entries: 0, rows: 0, already: 0, finished: 0, refused: [], faults: [] };

describe('a replay', () => {
  it('lands what can be taken now, under a name from the quarantine object, and leaves the rest', async () => {
    const key = shelf.quarantine(PHONES, 'b-0f3a-0000000001', [right(1), {}, right(2)]);
    const before = new Map(shelf.objects);
    expect(await replay()).toEqual({
      ...NOTHING,
      entries: 2,
      rows: 2,
      refused: [{ id: idOf(key, 2), reason: 'not-json' }],
    });
    expect([...shelf.objects.keys()].toSorted()).toEqual([
      'accelerometer_landing/date=2022-06-18/b-0f3a-0000000001-replay-0001.json.gz',
      'quarantine-replays/accelerometer_landing/date=2022-06-18/b-0f3a-0000000001-0001.json.gz',
      key,
    ]);
    expect(shelf.landed(PHONES)).toEqual([sample(1), sample(2)]);
    expect(shelf.objects.get(key)).toEqual(before.get(key));
  });

  it('lands nothing a second time', async () => {
    shelf.quarantine(PHONES, 'b-1', [right(1), right(2)]);
    await replay();
    const after = new Map(shelf.objects);
    expect(await replay()).toEqual({ ...NOTHING, already: 2 });
    expect(shelf.objects).toEqual(after);
  });

  it('lands what is mended later beside what was landed, which keeps its bytes', async () => {
    const key = shelf.quarantine(PHONES, 'b-1', [right(1), {}, {}]);
    await replay();
    const landed = 'accelerometer_landing/date=2022-06-18/b-1-replay-0001.json.gz';
    const bytes = shelf.objects.get(landed);
    const corrections = new Map([[idOf(key, 2), Buffer.from(sample(2))]]);
    expect(await replay({ ids: new Set(corrections.keys()) }, corrections)).toEqual({
      ...NOTHING,
      entries: 1,
      rows: 1,
    });
    expect(shelf.landed(PHONES)).toEqual([sample(1), sample(2)]);
    expect(shelf.objects.get(landed)).toBe(bytes);
    // Another correction of an entry that has landed does not land it again.
    const again = new Map([[idOf(key, 2), Buffer.from(sample(999))]]);
    expect(await replay({}, again)).toMatchObject({ entries: 0, already: 2 });
    expect(shelf.landed(PHONES)).toEqual([sample(1), sample(2)]);
  });

  it('takes only what is meant', async () => {
    const steps = shelf.quarantine(STEPS, 'b-1', [
      { original: Buffer.from(step(200)), reason: 'bad-crc' },
      { original: Buffer.from(step(201)), reason: 'not-json' },
    ]);
    shelf.quarantine(PHONES, 'b-1', [right(1)]);
    expect(await replay({ table: STEPS, reason: 'bad-crc' })).toMatchObject({ entries: 1 });
    expect([shelf.landed(STEPS), shelf.landed(PHONES)]).toEqual([[step(200)], []]);
    expect(await replay({ ids: new Set([idOf(steps, 2), idOf(steps, 9), 'nonsense']) })).toEqual({
      ...NOTHING,
      entries: 1,
      rows: 1,
      refused: [
        { id: idOf(steps, 9), reason: 'no-such-entry' },
        { id: 'nonsense', reason: 'no-such-entry' },
      ],
    });
  });

  it('tells what is named and left out apart from what is not there', async () => {
    const key = shelf.quarantine(PHONES, 'b-1', [
      right(1),
      right(2),
      { ...right(3), reason: 'empty' },
    ]);
    const [first, second, third] = [1, 2, 3].map((line) => idOf(key, line)) as [
      string,
      string,
      string,
    ];
    const corrections = new Map([[second, Buffer.from(sample(2))]]);
    const leftOut = (id: string) => ({ id, reason: 'not-selected' });
    expect((await replay({ ids: new Set([first]) }, corrections)).refused).toEqual([
      leftOut(second),
    ]);
    expect(await replay({ table: STEPS }, corrections)).toMatchObject({
      entries: 0,
      refused: [leftOut(second)],
    });
    const others = { reason: 'not-json', ids: new Set([third]) };
    expect((await replay(others)).refused).toEqual([leftOut(third)]);
    expect(shelf.landed(PHONES)).toEqual([sample(1)]);
  });

  it('tells of objects and lines that are none, and goes on', async () => {
    shelf.objects.set('quarantine/else/x.json.gz', gzipSync('{}\n'));
    const damaged = shelf.quarantine(PHONES, 'a-damaged', [right(1), right(2)]);
    const bytes = shelf.objects.get(damaged) as Uint8Array;
    shelf.objects.set(damaged, bytes.subarray(0, bytes.length - 3));
    const odd = 'quarantine/accelerometer_landing/date=2022-06-18/b-odd.json';
    shelf.objects.set(odd, Buffer.from('{"free":"text"}\n'));
    shelf.quarantine(PHONES, 'c', [right(3)]);
    const { faults } = await replay();
    expect(faults).toEqual([
      { key: 'quarantine/else/x.json.gz', fault: 'foreign-object' },
      { key: damaged, fault: 'cut-off' },
      { key: odd, line: 1, fault: 'not-an-entry' },
    ]);
    expect(shelf.landed(PHONES)).toContain(sample(3));
  });

  it('makes several objects of very much', async () => {
    const user = 'u'.repeat(300);
    const samples = Array.from({ length: 400 }, (_, index) => [index, 0, 0, 1]);
    const many = Array.from({ length: 90 }, (_, seq) => ({
      original: Buffer.from(JSON.stringify({ user, session: 's', seq, samples })),
    }));
    shelf.quarantine(PHONES, 'b-1', many);
    expect(await replay()).toEqual({ ...NOTHING, entries: 90, rows: 36_000 });
    expect(shelf.landed(PHONES)).toHaveLength(36_000);
    const sizes = [...shelf.objects]
      .filter(([key]) => key.startsWith(`${PHONES}/`))
      .map(([, body]) => gunzipSync(body).length);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThan(9 << 20);
  });
});

describe('a replay that dies', () => {
  it('anywhere, and is done again until it ends, lands everything once', async () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = seededStreams(seed)('replay');
      shelf = new MemoryShelf();
      const expected: string[] = [];
      for (let object = 0; object < 3; object++) {
        const entries = Array.from({ length: drawInteger(random, 1, 5) }, (_, line) => {
          expected.push(sample(100 * object + line));
          return right(100 * object + line);
        });
        shelf.quarantine(PHONES, `b-${object}`, entries);
      }
      const strike = (key: string, write: number): void => {
        if (write <= 12 && random.next() < 0.4) throw new BridgeError('STORAGE_UNREACHABLE', key);
      };
      shelf.before = strike;
      shelf.after = strike;
      let deaths = 0;
      for (let isDone = false; !isDone;) {
        isDone = await replay().then(
          () => true,
          () => ++deaths > 100,
        );
      }
      expect(deaths).toBeLessThan(100);
      expect(shelf.landed(PHONES).toSorted()).toEqual(expected.toSorted());
    }
  });

  it('between note and landing, is ended by whatever replay comes next', async () => {
    shelf.quarantine(PHONES, 'b-1', [right(1)]);
    shelf.before = (key) => {
      if (key.startsWith('accelerometer_landing/')) throw new BridgeError('STORAGE_REFUSED', 'no');
    };
    await expect(replay()).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
    expect(shelf.landed(PHONES)).toEqual([]);
    shelf.before = () => undefined;
    expect(await replay({ table: STEPS })).toEqual({ ...NOTHING, finished: 1 });
    expect(shelf.landed(PHONES)).toEqual([sample(1)]);
  });

  it('leaves a note that nobody can read, and says what to do', async () => {
    shelf.quarantine(PHONES, 'b-1', [right(1)]);
    await replay();
    const note = [...shelf.objects.keys()].find((key) => key.startsWith('quarantine-replays/'));
    shelf.objects.set(note ?? '', gzipSync('{"line":"?"}\n'));
    await expect(replay()).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' });
  });
});

describe('two replays at once', () => {
  it('land each entry once', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = seededStreams(seed)('race');
      shelf = new MemoryShelf();
      const times = Array.from({ length: 20 }, (_, index) => index);
      shelf.quarantine(PHONES, 'b-1', times.slice(0, 10).map(right));
      shelf.quarantine(PHONES, 'b-2', times.slice(10).map(right));
      shelf.before = async () => {
        for (let turns = drawInteger(random, 0, 30); turns > 0; turns--) await Promise.resolve();
      };
      const results = await Promise.all([replay(), replay(), replay()]);
      expect(shelf.landed(PHONES).toSorted()).toEqual(times.map((time) => sample(time)).toSorted());
      expect(results.reduce((sum, { entries }) => sum + entries, 0)).toBe(20);
      expect(results.reduce((sum, { already }) => sum + already, 0)).toBe(40);
    }
  });
});
