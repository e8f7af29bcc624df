import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LandingObject } from '../../../bridge/index.ts';
import { scheduleCustomerExports } from '../../../scenarios/run/customer-export.ts';
import { customerFeed, VirtualTime } from '../../../simulator/index.ts';
import type { World } from '../../../simulator/index.ts';
import { CHANGE_MS, smallWorld } from '../small-world.ts';

const DAY_MS = 86_400_000;

async function exportAll(world: World): Promise<LandingObject[]> {
  const objects: LandingObject[] = [];
  const timers = new VirtualTime(world.spec.startMs);
  const sink = { put: async (object: LandingObject) => void objects.push(object) };
  const finish = scheduleCustomerExports({ world }, timers, sink);
  timers.run(world.endMs, Infinity);
  await finish();
  return objects;
}

test('every version of a customer lands once, in the export after it was written', async () => {
  const objects = await exportAll(smallWorld());
  expect(objects.map(({ key, metadata }) => [key, metadata])).toEqual([
    ['customer_landing/date=2022-06-18/website-00000000.json', { source: 'website', records: '4' }],
    ['customer_landing/date=2022-06-18/website-00000001.json', { source: 'website', records: '2' }],
  ]);
  const rows = objects.flatMap(({ body }) =>
    (body as string)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  );
  expect(rows).toEqual(customerFeed(smallWorld()));
  const changed = String(objects[1]?.body).trimEnd().split('\n');
  expect(
    changed.map((line) => (JSON.parse(line) as { lastUpdateDate: number }).lastUpdateDate),
  ).toEqual([CHANGE_MS, CHANGE_MS]);
});

test('an export in which nothing changed leaves no object, and the day of an object is that of its export', async () => {
  const world = smallWorld();
  const objects = await exportAll({ ...world, endMs: world.spec.startMs + DAY_MS });
  expect(objects.map(({ key }) => key)).toEqual([
    'customer_landing/date=2022-06-18/website-00000000.json',
    'customer_landing/date=2022-06-18/website-00000001.json',
  ]);
});

test('what the storage refuses is told at the end, and not before', async () => {
  const world = smallWorld();
  const timers = new VirtualTime(world.spec.startMs);
  const refused = new RangeError('No room.');
  const finish = scheduleCustomerExports({ world }, timers, { put: () => Promise.reject(refused) });
  timers.run(world.endMs, Infinity);
  // A turn of the event loop, in which a rejection that nobody took would end the process.
  await setImmediate();
  await expect(finish()).rejects.toBe(refused);
});
