import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { scanSegment } from '../../bridge/core/spool-segment.ts';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import { judgeFault } from './oracle.ts';
import { SpoolStage } from './spool-stage.ts';

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const ACTIVE_MS = 1_500;
const PAGE_BYTES = 4_096;

interface Range {
  readonly offset: number;
  readonly end: number;
}

/** Bytes of a file that a fault strikes. */
type Strike = (stage: SpoolStage, name: string) => Range;

const flipBit: Strike = ({ disk, random }, name) => {
  const bytes = disk.contents(name);
  const offset = drawInteger(random, 0, bytes.length - 1);
  const flipped = (bytes[offset] as number) ^ (1 << drawInteger(random, 0, 7));
  disk.damage(name, offset, Uint8Array.of(flipped));
  return { offset, end: offset + 1 };
};

const zeroPage: Strike = ({ disk, random }, name) => {
  const { length } = disk.contents(name);
  const offset = PAGE_BYTES * drawInteger(random, 0, Math.floor((length - 1) / PAGE_BYTES));
  disk.damage(name, offset, new Uint8Array(PAGE_BYTES));
  return { offset, end: offset + PAGE_BYTES };
};

const deleteFile: Strike = ({ disk }, name) => {
  const { length } = disk.contents(name);
  disk.delete(name);
  return { offset: 0, end: length };
};

const cutFile: Strike = ({ disk, random }, name) => {
  const bytes = disk.contents(name);
  const offset = drawInteger(random, 0, bytes.length - 1);
  disk.put(name, bytes.subarray(0, offset));
  return { offset, end: bytes.length };
};

const STRIKES: readonly (readonly [string, Strike])[] = [
  ['a bit flips', flipBit],
  ['a page turns to zeros', zeroPage],
  ['a file is deleted', deleteFile],
  ['a file loses its end', cutFile],
];

describe.each(STRIKES)('%s while no bridge runs', (_, strike) => {
  test.each(SEEDS)('at an instant of seed %i', async (seed) => {
    const stage = new SpoolStage(seed);
    await stage.start();
    stage.sendFor(60, ACTIVE_MS);
    await stage.run(ACTIVE_MS * (0.1 + 0.9 * stage.random.next()));
    if (seed % 2 === 0) await stage.stop();
    else stage.kill();
    const files = stage.disk.names().filter((name) => stage.disk.contents(name).length > 0);
    const name = drawOne(stage.random, files);
    const before = stage.disk.contents(name);
    const { offset, end } = strike(stage, name);
    let rows = 0;
    scanSegment(before, crc32, (record) => {
      if (record.offset < end && record.end > offset) rows += record.rows;
    });
    await stage.start();
    expect(judgeFault(await stage.finish(Math.max(1, rows))).violations).toEqual([]);
  });
});
