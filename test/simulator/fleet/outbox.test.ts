import { expect, it } from 'vitest';
import { Outbox } from '../../../simulator/fleet/outbox.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

class Scene {
  readonly time = new VirtualTime(0);
  readonly sent: string[] = [];
  readonly idle: number[] = [];
  room = 0;
  readonly outbox = new Outbox<string>({
    timers: this.time,
    send: (item) => this.send(item),
    onIdle: () => this.idle.push(this.time.now()),
  });
  send: (item: string) => boolean = (item) => {
    if (this.room === 0) return false;
    this.room--;
    return this.sent.push(item) > 0;
  };

  run(untilMs: number): void {
    this.time.run(untilMs, 10_000);
  }
}

it('sends at once while there is room, and nobody has to be told', () => {
  const scene = new Scene();
  scene.room = 2;
  scene.outbox.send('a');
  scene.outbox.send('b');
  expect([scene.sent, scene.outbox.isWaiting, scene.time.nextMs()]).toEqual([
    ['a', 'b'],
    false,
    undefined,
  ]);
  expect(scene.idle).toEqual([]);
});

it('keeps the order of what waits, and tells once when it is gone', () => {
  const scene = new Scene();
  for (const item of ['a', 'b', 'c']) scene.outbox.send(item);
  scene.time.at(12, () => (scene.room = 2));
  scene.time.at(31, () => (scene.room = 5));
  scene.run(30);
  expect([scene.sent, scene.outbox.isWaiting, scene.idle]).toEqual([['a', 'b'], true, []]);
  scene.outbox.send('d');
  scene.run(1_000);
  expect(scene.sent).toEqual(['a', 'b', 'c', 'd']);
  expect([scene.idle, scene.time.nextMs()]).toEqual([[35], undefined]);
});

it('forgets what waits, also in the middle of sending, and goes on with what comes then', () => {
  const scene = new Scene();
  scene.outbox.send('lost');
  scene.outbox.clear();
  scene.room = 9;
  scene.send = (item) => {
    scene.sent.push(item);
    if (item === 'restart') {
      scene.outbox.clear();
      scene.outbox.send('boot');
    }
    return true;
  };
  scene.outbox.send('restart');
  scene.outbox.send('later');
  scene.run(1_000);
  expect([scene.sent, scene.idle]).toEqual([['restart', 'boot', 'later'], []]);
});
