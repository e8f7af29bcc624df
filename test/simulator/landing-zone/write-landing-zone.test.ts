import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_LANDING, writeLandingZone } from '../../../simulator/landing-zone/index.ts';
import type { LandingZoneOptions } from '../../../simulator/landing-zone/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-landing-zone-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two pieces, so that two threads have something to do. */
const [CUSTOMERS, CHUNK_ROWS] = [60, 3_500];

function options(out: string, changes: Partial<LandingZoneOptions> = {}): LandingZoneOptions {
  return {
    spec: { ...DEFAULT_LANDING, customers: 5 },
    seed: 1,
    out: { kind: 'folder', path: join(folder, out) },
    format: 'ndjson.gz',
    threads: 2,
    ...changes,
  };
}

function filesOf(out: string): string[] {
  return readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, out, name)).isFile())
    .sort();
}

function digests(out: string): Record<string, string> {
  const entries = filesOf(out).map((name) => {
    const bytes = readFileSync(join(folder, out, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(entries);
}

test('the same seed gives the same bytes whatever the threads, and another seed gives others', async () => {
  const spec = { ...DEFAULT_LANDING, customers: CUSTOMERS };
  const shares: number[] = [];
  const summary = await writeLandingZone(
    options('two', {
      spec,
      chunkRows: CHUNK_ROWS,
      onProgress: ({ share }) => shares.push(share),
    }),
  );
  await writeLandingZone(options('one', { spec, chunkRows: CHUNK_ROWS, threads: 1 }));
  await writeLandingZone(options('other', { seed: 2 }));
  expect(filesOf('two')).toHaveLength(10);
  expect(digests('two')).toEqual(digests('one'));
  expect(filesOf('other')).toHaveLength(5);
  expect(
    Object.values(digests('other')).some((digest) =>
      Object.values(digests('two')).includes(digest),
    ),
  ).toBe(false);
  expect(shares.at(-1)).toBe(1);
  expect(summary).toMatchObject({
    customers: CUSTOMERS,
    rows: { customer_landing: CUSTOMERS, step_trainer_landing: 30 * CUSTOMERS },
    truth: { customers: CUSTOMERS, sessions: CUSTOMERS },
    objects: 10,
    bytes: filesOf('two').reduce((sum, name) => sum + statSync(join(folder, 'two', name)).size, 0),
  });
});

test('the rows are in the objects that the summary counts, and no other file is left', async () => {
  const { rows } = await writeLandingZone(options('out'));
  const files = filesOf('out');
  for (const [table, count] of Object.entries(rows)) {
    const name = files.find((file) => file.startsWith(`${table}/`)) ?? '';
    const text = gunzipSync(readFileSync(join(folder, 'out', name))).toString();
    expect(text.split('\n')).toHaveLength(count + 1);
  }
  expect(readdirSync(join(folder, 'out')).sort()).toEqual([
    'accelerometer_landing',
    'customer_landing',
    'step_trainer_landing',
    'truth',
  ]);
});

describe('a folder that is not empty', () => {
  test('with something else is refused, also with force, and stays as it is', async () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'notes.txt'), 'mine');
    for (const force of [false, true]) {
      await expect(writeLandingZone(options('out', { force }))).rejects.toMatchObject({
        code: 'LANDING_ZONE_OTHER',
        message: expect.stringContaining('notes.txt') as string,
      });
    }
    expect(filesOf('out')).toEqual(['notes.txt']);
  });

  test("with somebody else's objects among the tables is refused as well", async () => {
    await writeLandingZone(options('out'));
    writeFileSync(join(folder, 'out', 'truth', 'bridge-7.json'), '{}');
    await expect(writeLandingZone(options('out', { force: true }))).rejects.toMatchObject({
      code: 'LANDING_ZONE_OTHER',
    });
    expect(filesOf('out')).toHaveLength(6);
  });

  test('with a landing zone of ours is replaced with force alone', async () => {
    await writeLandingZone(options('out'));
    const before = digests('out');
    await expect(writeLandingZone(options('out', { seed: 2 }))).rejects.toMatchObject({
      code: 'LANDING_ZONE_EXISTS',
    });
    expect(digests('out')).toEqual(before);
    await writeLandingZone(options('out', { seed: 2, force: true, format: 'ndjson' }));
    expect(filesOf('out')).toHaveLength(5);
    expect(filesOf('out').every((name) => name.includes('generate-2-'))).toBe(true);
  });

  test('with what a killed run left is replaced with force alone', async () => {
    mkdirSync(join(folder, 'out', '.stedi-generate'), { recursive: true });
    await expect(writeLandingZone(options('out'))).rejects.toMatchObject({
      code: 'LANDING_ZONE_EXISTS',
    });
    await writeLandingZone(options('out', { force: true }));
    expect(filesOf('out')).toHaveLength(5);
  });
});

describe('nothing is left', () => {
  test('when it is stopped after the first objects are stored', async () => {
    const stop = new AbortController();
    const writing = writeLandingZone(
      options('new/out', {
        spec: { ...DEFAULT_LANDING, customers: 10 * CUSTOMERS },
        chunkRows: CHUNK_ROWS,
        threads: 1,
        signal: stop.signal,
        onProgress: () => stop.abort(new RangeError('enough')),
      }),
    );
    await expect(writing).rejects.toThrow('enough');
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test('when it is stopped before it begins', async () => {
    const signal = AbortSignal.abort(new RangeError('enough'));
    await expect(writeLandingZone(options('out', { signal }))).rejects.toThrow('enough');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('when the disk cannot hold it, which is said before anything is made', async () => {
    const spec = { ...DEFAULT_LANDING, customers: 1_000_000_000 };
    await expect(
      writeLandingZone(options('out', { spec, format: 'ndjson' })),
    ).rejects.toMatchObject({
      code: 'DISK_FULL',
    });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

test('a place that cannot be written is named', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(writeLandingZone(options('file/out'))).rejects.toMatchObject({
    code: expect.stringMatching(/^(LANDING_UNREADABLE|LANDING_ZONE_UNWRITABLE)$/) as string,
    message: expect.stringContaining('file/out') as string,
  });
});
