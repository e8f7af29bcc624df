import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { EventHub } from '../../../dashboard/server/event-hub.ts';
import { EventStream } from '../../../dashboard/server/event-stream.ts';
import { relaySignals } from '../../../dashboard/server/signal-relay.ts';
import { FakeRun } from './fake-run.ts';
import { HandPulse } from './serve-fake.ts';

/** A response of which nothing is taken until a test says so. */
class StuckResponse extends EventEmitter {
  readonly written: string[] = [];
  writableLength = 0;

  writeHead(): this {
    return this;
  }

  write(text: string): boolean {
    this.written.push(text);
    this.writableLength += text.length;
    return true;
  }

  end(): this {
    return this;
  }

  take(): string {
    this.writableLength = 0;
    return this.written.splice(0).join('');
  }
}

function openStream(): { response: StuckResponse; stream: EventStream } {
  const response = new StuckResponse();
  const stream = new EventStream(
    response as unknown as ConstructorParameters<typeof EventStream>[0],
    {},
  );
  return { response, stream };
}

test('a page that takes nothing costs a bounded amount of memory, and misses states alone', () => {
  const { response, stream } = openStream();
  const hub = new EventHub();
  const run = new FakeRun();
  hub.show(run);
  hub.add(stream, undefined);
  for (let round = 1; round <= 5_000; round++) {
    run.tell(`line ${round}`);
    if (round % 100 === 0) run.judge(round / 100);
    hub.pump();
  }
  expect(response.writableLength).toBeLessThan(300_000);
  const early = response.take();
  hub.pump();
  const text = early + response.take();
  const told = [...text.matchAll(/"text":"line (\d+)"/g)].map(([, line]) => Number(line));
  expect(told).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
  expect(text).toContain('"cycle":50');
  expect(text.match(/event: state/g)?.length).toBeLessThan(5_000);
});

test('signals that nobody takes are kept for as long as a page shows them', () => {
  const { response, stream } = openStream();
  const hand = new HandPulse();
  const run = new FakeRun();
  relaySignals(stream, { run, person: 0, pulse: hand.pulse });
  response.writableLength = 1e9;
  for (let atMs = 1; atMs <= 3_000; atMs++) run.measure(0, { kind: 'distance', atMs, distance: 0 });
  hand.beat(40);
  expect(response.written.join('')).not.toContain('signal');
  response.writableLength = 0;
  hand.beat(40);
  const chunk = JSON.parse(/data: (.*)/.exec(response.take())?.[1] ?? '{}') as {
    distances: number[][];
  };
  expect(chunk.distances).toHaveLength(1_000);
  expect(chunk.distances.at(-1)).toEqual([3_000, 0]);
});

test('a page that is gone is forgotten', () => {
  const { response, stream } = openStream();
  const hub = new EventHub();
  const run = new FakeRun();
  hub.show(run);
  hub.add(stream, undefined);
  response.emit('close');
  response.written.length = 0;
  run.tell('nobody hears this');
  hub.pump();
  expect(response.written).toEqual([]);
});
