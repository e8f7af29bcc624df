/**
 * A spool that the previous version of the format left, as it lies in test/fixtures/spool-format-1: written by that
 * version and committed as it was. Its bridge was killed when all of these records were acknowledged:
 * accelerometer rows 0 to 9 in segment 1, landed and removed; 10 to 24 in segment 2, sealed; 25 to 39 in segment 3;
 * step trainer rows 0 to 19; one record in quarantine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judgeFault } from './oracle.ts';
import { SpoolStage } from './spool-stage.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/spool-format-1', import.meta.url));
const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const ACTIVE_MS = 1_000;

const PHONE = Array.from({ length: 40 }, (_, n) =>
  JSON.stringify({
    user: `walker${n % 3}@example.com`,
    timeStamp: 1_790_000_000_000 + 20 * n,
    x: (n % 3) - 1,
    y: ((n * 7) % 3) - 1,
    z: -(n % 2),
  }),
);
const TRAINER = Array.from({ length: 20 }, (_, n) =>
  JSON.stringify({
    sensorReadingTime: 1_790_000_000_000 + 50 * n,
    serialNumber: '5c1a3f60-7b2d-4e8f-9a01-2b3c4d5e6f70',
    distanceFromObject: 201 + ((n * 37) % 100),
  }),
);
const BAD_LINE = '$R,7F3A,0,421,181,0*0D17';

/** What the version before had stored already. */
const STORED = {
  key: 'accelerometer_landing/date=2026-10-01/stage-0f1e2d3c4b5a-0000000001.json.gz',
  body: Buffer.from(`${PHONE.slice(0, 10).join('\n')}\n`),
};

function stageWithFixture(seed: number): SpoolStage {
  const stage = new SpoolStage(seed);
  for (const file of readdirSync(FIXTURE)) {
    stage.disk.put(basename(file, '.bin'), readFileSync(join(FIXTURE, file)));
  }
  const rows = [...PHONE, ...TRAINER].map((line) => ({ line, poison: false }));
  for (const row of [...rows, { line: BAD_LINE, poison: true }]) {
    stage.sent.push({ ...row, acknowledged: true });
  }
  return stage;
}

test.each(SEEDS)('it lands, whatever happens at the instants of seed %i', async (seed) => {
  const stage = stageWithFixture(seed);
  for (let lives = 0; lives < 2; lives++) {
    await stage.start();
    stage.sendFor(30, ACTIVE_MS);
    await stage.run(ACTIVE_MS * stage.random.next() ** 3);
    if (stage.random.next() < 0.5) stage.losePower();
    else stage.kill();
  }
  await stage.start();
  expect(stage.spool).toMatchObject({ spoolId: '0f1e2d3c4b5a', bridgeId: 'cellar' });
  const outcome = await stage.finish();
  expect(judgeFault({ ...outcome, objects: [...outcome.objects, STORED] }).violations).toEqual([]);
});

test.each(SEEDS)('its torn tail is cut, at a byte of seed %i', async (seed) => {
  const stage = stageWithFixture(seed);
  const name = stage.drawNewestSegment();
  const bytes = stage.disk.contents(name);
  const cut = Math.floor(stage.random.next() * 24);
  // The last record, as far as it was written when the bridge died.
  stage.disk.put(name, Buffer.concat([bytes, bytes.subarray(128, 128 + cut)]));
  await stage.start();
  const outcome = await stage.finish();
  expect(judgeFault({ ...outcome, objects: [...outcome.objects, STORED] }).violations).toEqual([]);
});
