/** The bridge is away while 200,000 readings arrive at a real Mosquitto; on its way back the connection breaks 20 times. */
import { describe, expect, it, onTestFinished } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../mosquitto.ts';
import { ReadingPublisher, ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { SEEDS, SubscriberStage } from './subscriber-stage.ts';
import { UnrulyProxy } from './unruly-proxy.ts';

const READINGS = 200_000;

describe.skipIf(LACKS_MOSQUITTO)(`the bridge is away from Mosquitto ${NEEDS_MOSQUITTO}`, () => {
  it(
    'while 200,000 readings arrive: all of them land, although the connection breaks at 20 instants',
    { timeout: 120_000 },
    async () => {
      const mosquitto = await Mosquitto.start();
      onTestFinished(() => mosquitto.close());
      const { port } = mosquitto;
      const proxy = await UnrulyProxy.start(port, seededStreams(1)('proxy'));
      onTestFinished(() => proxy.close());
      const stage = await SubscriberStage.open();
      onTestFinished(() => stage.close());
      const url = `mqtt://127.0.0.1:${proxy.port}`;
      await stage.subscribe({ url });
      await stage.subscriber.established(5_000);
      await stage.unsubscribe();
      const source = new ReadingSource();
      const sent = source.next(READINGS, 'phone-1');
      const publisher = await ReadingPublisher.connect({ port, clientId: 'phone-1' });
      onTestFinished(() => publisher.close());
      await publisher.publish(sent);
      expect(sent.every(({ isAccepted }) => isAccepted)).toBe(true);
      expect(stage.received).toBe(0);
      await stage.subscribe({ url });
      for (const seed of SEEDS) {
        const random = seededStreams(seed)('backlog');
        const instant = stage.received + drawInteger(random, 1, READINGS / SEEDS.length);
        await stage.until(() => stage.received >= instant);
        // The reset may strike before the connection stands again: then it would be none.
        await stage.untilUp(seed + 1);
        proxy.reset();
      }
      await stage.untilDurable(sent);
      const fresh = source.next(1, 'phone-1');
      await publisher.publish(fresh);
      await stage.untilDurable(fresh);
      expect(stage.subscriber.health.connections).toBeGreaterThan(SEEDS.length);
      const verdict = await stage.judge([...sent, ...fresh], fresh[0] as Reading);
      expect(verdict.violations).toEqual([]);
    },
  );
});
