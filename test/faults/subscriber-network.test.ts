/** A network between bridge and broker that goes silent, delays, slices and resets. The broker is a real Mosquitto. */
import { describe, expect, it, onTestFinished } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import type { Random } from '../../simulator/index.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../mosquitto.ts';
import type { MosquittoOptions } from '../mosquitto.ts';
import { ReadingPublisher, ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { SEEDS, SubscriberStage } from './subscriber-stage.ts';
import { UnrulyProxy } from './unruly-proxy.ts';

const READINGS = 80;
const LONG = { timeout: 120_000 };

interface Parts {
  readonly stage: SubscriberStage;
  readonly proxy: UnrulyProxy;
  readonly publisher: ReadingPublisher;
}

/** A bridge that reaches Mosquitto through a proxy; its publisher does not. */
async function build(
  options: MosquittoOptions & { readonly keepAliveMs?: number },
): Promise<Parts> {
  const mosquitto = await Mosquitto.start(options);
  onTestFinished(() => mosquitto.close());
  const { port, tls } = mosquitto;
  const proxy = await UnrulyProxy.start(port, seededStreams(1)('proxy'));
  onTestFinished(() => proxy.close());
  const stage = await SubscriberStage.open();
  onTestFinished(() => stage.close());
  const { protocol } = new URL(mosquitto.url);
  await stage.subscribe({
    url: `${protocol}//127.0.0.1:${proxy.port}`,
    ...(tls && { tls: { ca: tls.ca } }),
    ...(options.keepAliveMs !== undefined && { keepAliveMs: options.keepAliveMs }),
  });
  await stage.subscriber.established(5_000);
  const publisher = await ReadingPublisher.connect({ port, clientId: 'phone-1', tls });
  onTestFinished(() => publisher.close());
  return { stage, proxy, publisher };
}

/** Publishes while `strike` makes trouble in the middle; then everything must be durable. */
async function play(
  parts: Parts,
  strike: (random: Random) => void,
  count = READINGS,
): Promise<{ readonly sent: Reading[]; readonly fresh: Reading }> {
  const { stage, proxy, publisher } = parts;
  const source = new ReadingSource();
  const sent: Reading[] = [];
  for (const seed of SEEDS) {
    const random = seededStreams(seed)('network');
    const readings = source.next(count, 'phone-1');
    sent.push(...readings);
    const instant = stage.received + drawInteger(random, 0, count - 1);
    const publishing = publisher.publish(readings);
    await stage.until(() => stage.received >= instant);
    const { connections } = stage.subscriber.health;
    strike(random);
    await stage.untilUp(connections + 1);
    await publishing;
    await stage.untilDurable(readings);
  }
  proxy.weather = {};
  const fresh = source.next(1, 'phone-1');
  await publisher.publish(fresh);
  await stage.untilDurable(fresh);
  return { sent: [...sent, ...fresh], fresh: fresh[0] as Reading };
}

describe.skipIf(LACKS_MOSQUITTO)(`the network before Mosquitto ${NEEDS_MOSQUITTO}`, () => {
  it('goes silent without closing, at 20 instants', LONG, async () => {
    const parts = await build({ keepAliveMs: 100 });
    const { sent, fresh } = await play(parts, () => parts.proxy.swallow());
    const { connections } = parts.stage.subscriber.health;
    const verdict = await parts.stage.judge(sent, fresh);
    expect(verdict.violations).toEqual([]);
    // Each time the silence was found, and another connection made.
    expect(connections).toBeGreaterThan(SEEDS.length);
  });

  it.each<[string, MosquittoOptions, number]>([
    ['TCP', {}, READINGS],
    // Mosquitto takes its time for records of TLS that come in pieces.
    ['TLS', { tls: 'server' }, READINGS / 2],
  ])('delays, slices and resets, by 20 seeds, over %s', LONG, async (_, options, count) => {
    const parts = await build(options);
    const strike = (random: Random): void => {
      parts.proxy.weather = {
        delayMsMax: 1,
        sliceBytesMax: drawInteger(random, 300, 3_000),
        resetAfterBytesMax: drawInteger(random, 10_000, 20_000),
      };
      parts.proxy.reset();
    };
    const { sent, fresh } = await play(parts, strike, count);
    const { connections } = parts.stage.subscriber.health;
    const verdict = await parts.stage.judge(sent, fresh);
    expect(verdict.violations).toEqual([]);
    expect(connections).toBeGreaterThan(SEEDS.length);
  });
});
