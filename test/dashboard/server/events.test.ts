import { expect, test } from 'vitest';
import type { StartRun } from '../../../dashboard/server/index.ts';
import { readEvents } from './read-events.ts';
import type { ReadEvent } from './read-events.ts';
import { serveFake } from './serve-fake.ts';
import type { ServedFake } from './serve-fake.ts';

const STATE_MS = 250;
const BEAT_MS = 10_000;
const CHUNK_MS = 40;

function eventsOf({ server }: ServedFake): URL {
  return new URL('/api/events', server.url);
}

function names(events: readonly (ReadEvent | undefined)[]): (string | undefined)[] {
  return events.map((event) => event?.event);
}

test('a page that comes hears of the run, its story, the last verdict and how everything is', async () => {
  const served = await serveFake();
  await served.server.started;
  served.runs[0]?.tell('Ana withdrew consent');
  served.runs[0]?.judge(1);
  const reader = await readEvents(eventsOf(served));
  const events = await reader.take(4);
  expect(names(events)).toEqual(['run', 'story', 'verdict', 'state']);
  expect(events[0]?.data).toMatchObject({ runId: 'run-1' });
  expect(events[1]).toMatchObject({ id: 'run-1/1', data: { text: 'Ana withdrew consent' } });
});

test('then it hears of what is new, and four times a second of how everything is', async () => {
  const served = await serveFake();
  await served.server.started;
  const reader = await readEvents(eventsOf(served));
  await reader.take(2);
  served.hand.beat(STATE_MS);
  served.runs[0]?.judge(1);
  served.runs[0]?.tell('one');
  served.hand.beat(STATE_MS);
  served.hand.beat(STATE_MS);
  expect(names(await reader.take(5))).toEqual(['state', 'story', 'verdict', 'state', 'state']);
});

test('a deed is told to everybody at once', async () => {
  const served = await serveFake();
  await served.server.started;
  const reader = await readEvents(eventsOf(served));
  await reader.take(2);
  await fetch(new URL('/api/deeds', served.server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ do: 'pause', isOn: true }),
  });
  expect(await reader.next()).toMatchObject({ event: 'story', data: { text: 'did pause' } });
});

test('a page that comes back gets the story that it missed, and no line twice', async () => {
  const served = await serveFake();
  await served.server.started;
  for (const text of ['one', 'two', 'three']) served.runs[0]?.tell(text);
  const reader = await readEvents(eventsOf(served), { 'last-event-id': 'run-1/2' });
  const events = await reader.take(3);
  expect(names(events)).toEqual(['run', 'story', 'state']);
  expect(events[1]?.data).toMatchObject({ text: 'three' });
});

test.each(['run-0/2', '2', 'nonsense'])(
  'a page that comes back with id %s, of no line of this run, gets the whole story',
  async (id) => {
    const served = await serveFake();
    await served.server.started;
    for (const text of ['one', 'two', 'three']) served.runs[0]?.tell(text);
    const reader = await readEvents(eventsOf(served), { 'last-event-id': id });
    expect(names(await reader.take(5))).toEqual(['run', 'story', 'story', 'story', 'state']);
  },
);

test('a run that begins anew is told with its own story from the first line on', async () => {
  const served = await serveFake();
  await served.server.started;
  served.runs[0]?.tell('old');
  const reader = await readEvents(eventsOf(served));
  await reader.take(3);
  await fetch(new URL('/api/restart', served.server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  served.runs[1]?.tell('new');
  served.hand.beat(STATE_MS);
  const events = await reader.take(4);
  expect(names(events)).toEqual(['run', 'state', 'story', 'state']);
  expect(events[0]?.data).toMatchObject({ runId: 'run-2' });
  expect(events[2]).toMatchObject({ id: 'run-2/1', data: { text: 'new' } });
});

test('a stream on which nothing happens shows that it lives, and ends with the server', async () => {
  const start: StartRun = (signal) =>
    new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
  const served = await serveFake({ start });
  const reader = await readEvents(eventsOf(served));
  served.hand.beat(BEAT_MS);
  expect(await reader.next()).toMatchObject({ event: 'comment' });
  await served.server.close();
  expect(await reader.next()).toBeUndefined();
});

test('signals come gathered, and of the person who is watched alone', async () => {
  const served = await serveFake();
  await served.server.started;
  const reader = await readEvents(new URL('/api/signals?person=0', served.server.url));
  const [run] = served.runs;
  run?.measure(0, { kind: 'sample', atMs: 20, x: 0.1, y: 0.2, z: -1 });
  run?.measure(0, { kind: 'distance', atMs: 21, distance: 250 });
  run?.measure(0, { kind: 'sample', atMs: 40, x: 0, y: 0, z: -1 });
  run?.measure(1, { kind: 'sample', atMs: 40, x: 9, y: 9, z: 9 });
  served.hand.beat(CHUNK_MS);
  served.hand.beat(CHUNK_MS);
  run?.measure(0, { kind: 'distance', atMs: 60, distance: 251 });
  served.hand.beat(CHUNK_MS);
  const events = await reader.take(2);
  expect(events.map((event) => event?.data)).toEqual([
    {
      person: 0,
      samples: [
        [20, 0.1, 0.2, -1],
        [40, 0, 0, -1],
      ],
      distances: [[21, 250]],
    },
    { person: 0, samples: [], distances: [[60, 251]] },
  ]);
});

test('signals end with their run, and nobody listens to it any longer', async () => {
  const served = await serveFake();
  await served.server.started;
  const reader = await readEvents(new URL('/api/signals?person=0', served.server.url));
  expect(served.runs[0]?.listenersOf(0)).toBe(1);
  await fetch(new URL('/api/restart', served.server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(await reader.next()).toBeUndefined();
  expect(served.runs[0]?.listenersOf(0)).toBe(0);
});
