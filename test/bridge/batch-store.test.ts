import { describe, expect, it } from 'vitest';
import type { LandingObject } from '../../bridge/core/landing-batches.ts';
import {
  HeldStore,
  message,
  PHONES,
  rawLine,
  sampleOf,
  Stage,
  STEPS,
  TOPIC,
} from './bridge-stage.ts';

describe('the objects of a bridge', () => {
  const limits = { maxBytes: 1_000_000, maxAgeMs: 60_000 };
  const keys = (stage: Stage): string[] => stage.objects.map(({ key }) => key);

  it('are stored when they are old enough, each table at its own time', () => {
    const stage = new Stage({ limits });
    const channel = stage.attach();
    channel.send(rawLine(201));
    stage.run(20_000);
    stage.receive(TOPIC, message(sampleOf(1)));
    stage.run(59_999);
    expect(keys(stage)).toEqual([]);
    stage.run(60_000);
    channel.send(rawLine(202));
    expect(keys(stage)).toEqual([`${STEPS}/date=2022-06-18/bridge-7-00000000.json`]);
    stage.run(79_999);
    expect(stage.objects).toHaveLength(1);
    stage.run(80_000);
    expect(keys(stage)[1]).toBe(`${PHONES}/date=2022-06-18/bridge-7-00000000.json`);
    stage.run(120_000);
    expect(keys(stage)[2]).toBe(`${STEPS}/date=2022-06-18/bridge-7-00000001.json`);
    stage.run(600_000);
    expect(stage.objects).toHaveLength(3);
  });

  it('are stored at their age although timers are early', () => {
    const stage = new Stage({
      limits,
      timers: (time) => ({
        now: () => time.now(),
        at: (timeMs, action) => time.at(Math.max(time.now() + 0.5, timeMs - 1.4), action),
      }),
    });
    stage.receive(TOPIC, message(sampleOf(1)));
    stage.run(60_001);
    expect(stage.objects).toHaveLength(1);
  });

  it('are stored when they are long enough', () => {
    const stage = new Stage({ limits: { ...limits, maxBytes: 3 * rawLine(201).length - 3 } });
    stage.attach().send([201, 202, 203, 204].map(rawLine).join(''));
    expect(stage.objects.map(({ metadata }) => metadata['records'])).toEqual(['3']);
  });

  it('are a megabyte or a minute unless somebody says otherwise', () => {
    const stage = new Stage();
    const channel = stage.attach();
    const lines = Math.ceil((1 << 20) / (rawLine(201).length - 1));
    for (let line = 1; line < lines; line++) channel.send(rawLine(201));
    expect(stage.objects).toHaveLength(0);
    channel.send(rawLine(201));
    expect(stage.objects).toHaveLength(1);
    channel.send(rawLine(202));
    stage.run(60_000);
    expect(stage.objects).toHaveLength(2);
  });

  it('are all stored when the bridge closes, also what comes while it does', async () => {
    const stored: string[] = [];
    const put = async ({ body }: LandingObject): Promise<void> => {
      if (stored.push(body as string) === 1) channel.send(rawLine(202));
    };
    const stage = new Stage({ sink: { put } });
    const channel = stage.attach();
    channel.send(rawLine(201));
    await stage.close();
    expect(stored).toEqual([201, 202].map((distance) => rawLine(distance).replace('\r', '')));
  });

  it('are waited for by settle, all of them', async () => {
    const sink = new HeldStore();
    const stage = new Stage({ sink, limits: { ...limits, maxBytes: 1 } });
    const channel = stage.attach();
    channel.send(rawLine(201) + rawLine(202));
    let settled = false;
    const settling = stage.store.settle().then(() => (settled = true));
    sink.waiting[0]?.take();
    await Promise.resolve();
    expect(settled).toBe(false);
    sink.waiting[1]?.take();
    await settling;
    await stage.store.settle();
    expect(settled).toBe(true);
  });

  it('that cannot be stored are reported, and the others go on', async () => {
    const refusal = new Error('no room');
    const stored: LandingObject[] = [];
    const stage = new Stage({
      limits: { ...limits, maxBytes: 1 },
      sink: {
        put: async (object) => {
          if (object.key.includes('-00000001')) throw refusal;
          stored.push(object);
        },
      },
    });
    stage.attach().send([201, 202, 203].map(rawLine).join(''));
    await stage.close();
    expect(stage.failures).toEqual([
      { key: `${STEPS}/date=2022-06-18/bridge-7-00000001.json`, cause: refusal },
    ]);
    expect(stored).toHaveLength(2);
  });
});
