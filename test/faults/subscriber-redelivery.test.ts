/** Messages that come twice, in another order, and under packet ids that begin again or belong to another message. */
import { expect, it, onTestFinished } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { RedeliveringBroker } from './redelivering-broker.ts';
import { SEEDS, SubscriberStage } from './subscriber-stage.ts';

const READINGS = 300;

it(
  'what the broker was told to forget has landed, although connections break at 20 instants',
  { timeout: 120_000 },
  async () => {
    const broker = await RedeliveringBroker.start(seededStreams(1)('broker'));
    onTestFinished(() => broker.close());
    const stage = await SubscriberStage.open();
    onTestFinished(() => stage.close());
    await stage.subscribe({ url: broker.url });
    await stage.subscriber.established(5_000);
    const source = new ReadingSource();
    const sent: Reading[] = [];
    for (const seed of SEEDS) {
      const random = seededStreams(seed)('redelivery');
      const readings = source.next(READINGS, 'phone-1');
      sent.push(...readings);
      const instant = stage.received + drawInteger(random, 1, READINGS - 1);
      broker.publish(readings);
      await stage.until(() => stage.received >= instant);
      broker.cut();
      await stage.untilUp(seed + 2);
      await stage.untilDurable(readings);
    }
    const fresh = source.next(1, 'phone-1');
    broker.publish(fresh);
    await broker.drained();
    const verdict = await stage.judge([...sent, ...fresh], fresh[0] as Reading);
    expect(verdict.violations).toEqual([]);
    expect(broker.violations).toEqual([]);
    expect(sent.every(({ isAccepted }) => isAccepted)).toBe(true);
    expect(broker.wraps).toBeGreaterThan(SEEDS.length);
    expect(verdict.duplicates).toBeGreaterThan(0);
  },
);
