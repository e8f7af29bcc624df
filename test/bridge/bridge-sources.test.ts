/** What a bridge knows of its sources comes from them. */
import { expect, onTestFinished, test } from 'vitest';
import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { openSources } from '../../bridge/bridge-sources.ts';
import type { OpenSources } from '../../bridge/bridge-sources.ts';
import { Bridge } from '../../bridge/bridge.ts';
import type { Notice } from '../../bridge/notice.ts';
import { TrafficTally } from '../../bridge/watch/index.ts';
import { HeldRecords } from './held-records.ts';
import { ScriptedBroker } from './subscriber/scripted-broker.ts';
import type { Script } from './subscriber/scripted-broker.ts';

const TOPIC = 'stedi/v1/phones/p1/accelerometer';
const NO_FILES = { ca: undefined, cert: undefined, key: undefined };

interface Stage {
  readonly broker: ScriptedBroker;
  readonly store: HeldRecords;
  readonly notices: readonly Notice[];
  readonly status: () => OpenSources['status']['broker'];
}

async function subscribed(script: Script): Promise<Stage> {
  const broker = await new ScriptedBroker(script).start();
  onTestFinished(() => broker.close());
  const store = new HeldRecords();
  const timers = new SystemTimers();
  const notices: Notice[] = [];
  const sources = await openSources(
    {
      listen: undefined,
      serial: undefined,
      broker: { url: broker.url, credentials: undefined, tls: NO_FILES },
    },
    {
      bridge: new Bridge({ store, timers }),
      bridgeId: 'b',
      store,
      timers,
      traffic: new TrafficTally(() => 0),
      onAcknowledged: () => undefined,
      onNotice: (notice) => notices.push(notice),
    },
  );
  onTestFinished(async () => {
    // What waits to be durable would be waited for.
    store.sync();
    await sources.close();
    timers.stop();
  });
  return { broker, store, notices, status: () => sources.status.broker };
}

test('a broker that forgets and repeats is counted, and what waits for its acknowledgement', async () => {
  const { broker, store, notices, status } = await subscribed({ sessionPresent: false });
  await expect.poll(() => status()?.isUp).toBe(true);
  broker.publish(1, TOPIC, 'first');
  broker.publish(2, TOPIC, 'again', true);
  await expect.poll(() => status()?.unacknowledged).toBe(2);
  store.sync();
  await broker.until(() => broker.acknowledgedIds.length === 2);
  broker.cut();
  await expect.poll(() => status()?.sessionsLost, { timeout: 5_000 }).toBe(1);
  expect(status()).toEqual({
    isUp: true,
    isRefused: false,
    failure: undefined,
    sessionsLost: 1,
    oversized: 0,
    redelivered: 1,
    unacknowledged: 0,
  });
  expect(notices.map(({ level, part }) => `${part} ${level}`)).toEqual([
    'broker info',
    'broker warn',
    'broker warn',
    'broker info',
  ]);
});

test('a broker that refuses is told apart from one that is away, with its reason', async () => {
  const { status } = await subscribed({ connack: 5 });
  await expect.poll(() => status()?.isRefused).toBe(true);
  expect(status()).toMatchObject({ isUp: false, failure: expect.stringContaining('authorized') });
});
