import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LandingObject } from '../../../bridge/index.ts';
import { scheduleCustomerExports } from '../../../scenarios/run/customer-export.ts';
import { customerFeed, VirtualTime, withConsentChange } from '../../../simulator/index.ts';
import type { World } from '../../../simulator/index.ts';
import { ANN, CHANGE_MS, smallWorld } from '../small-world.ts';

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

test('the website exports as often as its feed says, and what was decided meanwhile', async () => {
  const drawn = smallWorld();
  const fleet: { world: World } = {
    world: { ...drawn, spec: { ...drawn.spec, exportEveryMs: 10_000 } },
  };
  const { startMs } = fleet.world.spec;
  const objects: (LandingObject & { readonly afterMs: number })[] = [];
  const timers = new VirtualTime(startMs);
  const put = async (object: LandingObject): Promise<void> =>
    void objects.push({ ...object, afterMs: timers.now() - startMs });
  const finish = scheduleCustomerExports(fleet, timers, { put });
  const withdrawAt = (afterMs: number, research: 'given' | 'withdrawn'): void =>
    timers.at(startMs + afterMs, () => {
      const atMs = startMs + afterMs + 1;
      fleet.world = withConsentChange(fleet.world, { person: ANN, atMs, research });
    });
  withdrawAt(12_000, 'withdrawn');
  // In the very moment of an export, after it.
  withdrawAt(40_000, 'given');
  timers.run(drawn.endMs, Infinity);
  await finish();
  expect(objects.map(({ afterMs, metadata }) => [afterMs, metadata?.['records']])).toEqual([
    [0, '4'],
    [20_000, '1'],
    [50_000, '1'],
    [70_000, '2'],
  ]);
  const rows = objects.flatMap(({ body }) => (body as string).trimEnd().split('\n'));
  expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(customerFeed(fleet.world));
});
