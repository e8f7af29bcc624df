import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { RECORD_HEADER_BYTES, writeLines } from '../../bridge/core/spool-record.ts';
import { drawInteger } from '../../simulator/core/random.ts';
import { judgeFault } from './oracle.ts';
import { SpoolStage } from './spool-stage.ts';

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const ACTIVE_MS = 1_500;

/** A record, to be written by half. */
const RECORD = recordOf('{"never":"acknowledged"}\n');

test.each(SEEDS)('power is lost at an instant of seed %i, and again', async (seed) => {
  const stage = new SpoolStage(seed);
  for (let losses = 0; losses < 2; losses++) {
    await stage.start();
    stage.sendFor(60, ACTIVE_MS);
    await stage.run(stage.random.next() * ACTIVE_MS);
    stage.losePower();
  }
  await stage.start();
  expect(judgeFault(await stage.finish()).violations).toEqual([]);
});

test.each(SEEDS)('power is lost while one segment follows the other, by seed %i', async (seed) => {
  const stage = new SpoolStage(seed, { segmentBytes: 1 });
  for (let losses = 0; losses < 6; losses++) {
    await stage.start();
    for (let row = 0; row < 3; row++) {
      stage.send('accelerometer_landing');
      await stage.run(8 * stage.random.next());
    }
    stage.losePower();
  }
  await stage.start();
  // Numbers have no gaps, or a reader of the objects would wait for one that never comes.
  expect(judgeFault(await stage.finish()).violations).toEqual([]);
});

test.each(SEEDS)('the last write is torn at an instant of seed %i', async (seed) => {
  const stage = new SpoolStage(seed);
  await stage.start();
  stage.sendFor(60, ACTIVE_MS);
  await stage.run(ACTIVE_MS * (0.1 + 0.9 * stage.random.next()));
  stage.kill();
  const name = stage.drawNewestSegment();
  const half = RECORD.subarray(0, drawInteger(stage.random, 1, RECORD.length - 1));
  stage.disk.put(name, Buffer.concat([stage.disk.contents(name), half]));
  await stage.start();
  expect(judgeFault(await stage.finish()).violations).toEqual([]);
  // Bytes of a write that was never acknowledged are said, and nothing more.
  expect(stage.notices).toEqual([expect.stringContaining(`${half.length} bytes of`)]);
});

function recordOf(line: string): Uint8Array {
  const body = Buffer.from(line);
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + body.length);
  const memory = { bytes, view: new DataView(bytes.buffer) };
  writeLines(memory, 0, { arrivalMs: 1, rows: 1, provenTo: 0, body }, (covered) => crc32(covered));
  return bytes;
}
