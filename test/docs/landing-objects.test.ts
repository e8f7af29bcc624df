/** A reader who knows of the landing objects what their page says, and nothing else. */
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import { segmentKey } from '../../bridge/core/object-key.ts';
import { BATCH_TABLES } from '../../bridge/core/spool-names.ts';
import { Lander } from '../../bridge/landing/lander.ts';
import { Spool } from '../../bridge/spool/spool.ts';
import { PowerLossDisk } from '../faults/power-loss-disk.ts';
import { codeBlocks } from './markdown.ts';

const page = await readFile(new URL('../../docs/landing-objects.md', import.meta.url), 'utf8');

const PHONES: BatchTable = 'accelerometer_landing';
const NOON_MS = Date.UTC(2022, 5, 18, 12);
const SEGMENTS = 12;
const HALF_A_DAY_MS = 43_200_000;

/** What a listing of one table says by rule 2: of each bridge and spool, the segments that are there. */
function segmentsIn(listing: readonly string[], table: string): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const key of listing) {
    if (!key.startsWith(`${table}/date=`)) continue;
    const [, origin, segment] = /\/([^/]+)-(\d{10})(?:-salvaged)?\.json\.gz$/.exec(key) ?? [];
    if (origin === undefined) continue;
    found.set(origin, (found.get(origin) ?? new Set()).add(Number(segment)));
  }
  return found;
}

/** By rule 2: up to where everything of a bridge and spool is complete, and whether to list once more for that. */
function completeIn(
  listing: readonly string[],
  table: string,
): Map<string, { readonly upTo: number; readonly isLacking: boolean }> {
  const found = [...segmentsIn(listing, table)].map(([origin, numbers]) => {
    const upTo = Math.max(...numbers);
    return [origin, { upTo, isLacking: numbers.size < upTo }] as const;
  });
  return new Map(found);
}

/** Segments that came although a reader had taken them for complete, by the listings that the reader had. */
function surprises(first: readonly string[], again: readonly string[], all: readonly string[]) {
  return BATCH_TABLES.flatMap((table) =>
    [...completeIn(first, table)].flatMap(([origin, { upTo, isLacking }]) => {
      const had = segmentsIn(isLacking ? again : first, table).get(origin) ?? new Set();
      const there = segmentsIn(all, table).get(origin) ?? new Set();
      return [...there]
        .filter((number) => number <= upTo && !had.has(number))
        .map((number) => `${table} ${origin} ${number} came after ${upTo} was seen`);
    }),
  );
}

/** A spool with segments of two days, of which some were damaged while no bridge ran, and what a bridge stores of it. */
class Bucket {
  readonly keys: Set<string> = new Set();
  /** All names, sorted, after each object. */
  readonly listings: (readonly string[])[] = [];
  readonly #disk = new PowerLossDisk({ random: { next: () => 0.5 } });
  #nowMs = NOON_MS;
  #ids = 0;

  async fill(): Promise<void> {
    const spool = await this.#open();
    for (let segment = 0; segment < SEGMENTS; segment++) {
      if (segment === SEGMENTS / 2) this.#nowMs += HALF_A_DAY_MS;
      for (const table of BATCH_TABLES) {
        for (const row of ['one', 'two', 'three']) {
          spool.append(table, Buffer.from(`${JSON.stringify({ segment, row })}\n`), 1);
        }
      }
      await spool.seal();
    }
    await spool.close();
  }

  /** Changes a byte in the middle of one segment of each table, and deletes another. */
  damage(): void {
    for (const [index, table] of BATCH_TABLES.entries()) {
      const nameOf = (number: number): string =>
        `${table.replace('/', '.')}.${String(number).padStart(10, '0')}.segment`;
      this.#disk.damage(nameOf(3 + index), 180, Buffer.from('?'));
      this.#disk.delete(nameOf(7 + index));
    }
  }

  /** Lands everything there is, and a segment that comes while it does. */
  async land(): Promise<void> {
    const spool = await this.#open();
    let puts = 0;
    const lander = new Lander({
      source: spool,
      sink: {
        put: async ({ key }) => {
          // One takes longer than the next: it is the lander that keeps them in order.
          for (let turn = (5 * ++puts) % 7; turn >= 0; turn--) {
            await new Promise((resolve) => void setImmediate(resolve));
          }
          this.keys.add(key);
          this.listings.push([...this.keys].toSorted());
        },
      },
      bridgeId: spool.bridgeId,
      timers: { now: () => this.#nowMs, at: () => undefined },
      random: () => 0.5,
      compress: (lines) => Buffer.concat(lines),
      onNotice: () => undefined,
    });
    lander.start();
    spool.append(PHONES, Buffer.from('{"row":"fresh"}\n'), 1);
    await spool.seal();
    await lander.drained();
    await spool.close();
  }

  async #open(): Promise<Spool> {
    const spool = new Spool(this.#disk.mount(), {
      bridgeId: 'Bridge-7',
      timers: { now: () => this.#nowMs, at: () => undefined },
      limits: { segmentBytes: 1_000_000, segmentMs: 60_000 },
      crc32: (bytes) => crc32(bytes),
      newId: () => (++this.#ids).toString(16).padStart(12, '0'),
      defer: (action) => void setImmediate(action),
      onNotice: () => undefined,
    });
    await spool.recover();
    return spool;
  }
}

test('the names on the page are those that a bridge gives', () => {
  const [block = ''] = codeBlocks(page, '');
  const names = block.split('\n').filter((line) => line.includes('=2022'));
  const origin = { bridgeId: 'bridge-7', spoolId: '0f3a61c2', firstArrivalMs: NOON_MS };
  expect(names).toEqual([
    segmentKey({ ...origin, table: 'step_trainer_landing', number: 17, part: 'whole' }),
    segmentKey({ ...origin, table: 'quarantine/step_trainer_landing', number: 3, part: 'whole' }),
  ]);
});

describe('a reader knows by a listing what is complete', () => {
  const bucket = new Bucket();
  let all: readonly string[] = [];

  beforeAll(async () => {
    await bucket.fill();
    bucket.damage();
    await bucket.land();
    all = bucket.listings.at(-1) ?? [];
  });

  test('at each moment: nothing comes after it was taken for complete', () => {
    expect(bucket.listings.length).toBeGreaterThan(SEGMENTS * BATCH_TABLES.length);
    for (const listing of bucket.listings) expect(surprises(listing, listing, all)).toEqual([]);
  });

  test('though the pages of the listing are of different moments, when it lists once more where a number is lacking', () => {
    let lacking = 0;
    for (const [moment, early] of bucket.listings.entries()) {
      const late = bucket.listings[moment + 7] ?? all;
      for (const border of late.filter((_, index) => index % 4 === 0)) {
        const torn = [
          ...early.filter((key) => key < border),
          ...late.filter((key) => key >= border),
        ];
        expect(surprises(torn, late, all)).toEqual([]);
        lacking += surprises(torn, torn, all).length;
      }
    }
    // Without the second listing it would have been wrong.
    expect(lacking).toBeGreaterThan(0);
  });

  test('and of each number that lacks, what the spool lost', () => {
    const lost = BATCH_TABLES.flatMap((table) => {
      const lane = table.startsWith('quarantine/') ? 'quarantine' : 'landing';
      const place = `quarantine/${table.replace('quarantine/', '')}/`;
      return [...segmentsIn(all, table)].flatMap(([origin, numbers]) => {
        const upTo = Math.max(...numbers);
        const lacks = Array.from({ length: upTo }, (_, index) => index + 1).filter(
          (number) => !numbers.has(number),
        );
        return lacks.map((number) => {
          const end = `/${origin}-${String(number).padStart(10, '0')}-${lane}-damage.json.gz`;
          return all.some((key) => key.startsWith(place) && key.endsWith(end));
        });
      });
    });
    expect(lost).toEqual(BATCH_TABLES.map(() => true));
    expect(all.filter((key) => key.includes('-salvaged.')).length).toBe(BATCH_TABLES.length);
  });
});
