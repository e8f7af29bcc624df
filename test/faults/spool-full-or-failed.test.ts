import { expect, test } from 'vitest';
import { judgeFault } from './oracle.ts';
import { SpoolStage } from './spool-stage.ts';

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);
const ACTIVE_MS = 1_500;

test.each(SEEDS)('the disk is full at an instant of seed %i, then has room', async (seed) => {
  const stage = new SpoolStage(seed);
  await stage.start();
  stage.sendFor(60, ACTIVE_MS);
  await stage.run(ACTIVE_MS * 0.8 * stage.random.next());
  stage.disk.capacityBytes = stage.disk.usedBytes + Math.floor(300 * stage.random.next());
  stage.time.at(stage.time.now() + 1, () => {
    for (let row = 0; row < 30; row++) stage.send('step_trainer_landing');
  });
  await stage.run(2 * ACTIVE_MS);
  expect(stage.spool.status.state).toBe('full');
  expect(stage.spool.isFull).toBe(true);
  expect(stage.sent.every(({ acknowledged }) => acknowledged)).toBe(false);
  let isRoomSaid = false;
  stage.spool.onRoom(() => {
    isRoomSaid = true;
  });
  if (seed % 3 === 0) {
    stage.kill();
    await stage.start();
  }
  stage.disk.capacityBytes = Number.POSITIVE_INFINITY;
  await stage.run(3_000);
  expect(stage.spool.status).toMatchObject({ state: 'ok', pendingBytes: 0 });
  // A bridge that lived through it kept everything, and told its sources once.
  expect(isRoomSaid).toBe(seed % 3 !== 0);
  expect(stage.sent.every(({ acknowledged }) => acknowledged)).toBe(seed % 3 !== 0);
  expect(stage.notices.filter((notice) => notice.includes('is full')).length).toBe(
    stage.notices.filter((notice) => notice.includes('has room again')).length +
      (seed % 3 === 0 ? 1 : 0),
  );
  expect(judgeFault(await stage.finish()).violations).toEqual([]);
});

test.each(SEEDS)('a sync fails with EIO at an instant of seed %i', async (seed) => {
  const stage = new SpoolStage(seed);
  await stage.start();
  stage.sendFor(60, ACTIVE_MS);
  await stage.run(ACTIVE_MS * 0.8 * stage.random.next());
  stage.disk.failSyncs('EIO');
  stage.send();
  await stage.run(60);
  expect(stage.spool.status.state).toBe('failed');
  // The disk works again, and no later sync says anything about what the failed one had to keep.
  stage.disk.failSyncs(undefined);
  const acknowledged = stage.sent.filter((row) => row.acknowledged).length;
  await stage.run(2 * ACTIVE_MS);
  expect(stage.sent.filter((row) => row.acknowledged).length).toBe(acknowledged);
  expect(stage.spool.status.state).toBe('failed');
  if (seed % 2 === 0) stage.losePower();
  else stage.kill();
  await stage.start();
  expect(judgeFault(await stage.finish()).violations).toEqual([]);
});
