/** A broker that goes away and comes back: 500 phones and the bridge reconnect at once. The broker is a real Mosquitto. */
import { describe, expect, it, onTestFinished } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../mosquitto.ts';
import { ReadingPublisher, ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { SEEDS, SubscriberStage } from './subscriber-stage.ts';

const PHONES = 500;
const READINGS_PER_PHONE = 1;
/** Phones that connect at a time. */
const CONNECTING = 80;

/** All phones connect, and publish. Those that are cut off leave their readings unaccepted. */
async function crowd(port: number, readings: readonly Reading[][]): Promise<void> {
  const phones: Promise<ReadingPublisher>[] = [];
  for (const [index, ofPhone] of readings.entries()) {
    // More than the system lets wait at a listener would be sent away, and come a second later.
    if (index >= CONNECTING) await phones[index - CONNECTING];
    phones.push(come(port, `phone-${index}`, ofPhone));
  }
  for (const phone of await Promise.all(phones)) phone.close();
}

async function come(
  port: number,
  clientId: string,
  readings: readonly Reading[],
): Promise<ReadingPublisher> {
  const phone = await ReadingPublisher.connect({ port, clientId });
  await phone.publish(readings);
  return phone;
}

describe.skipIf(LACKS_MOSQUITTO)(`Mosquitto goes away ${NEEDS_MOSQUITTO}`, () => {
  it(
    'and 500 phones come back with it, at 20 instants: what was acknowledged lands',
    { timeout: 120_000 },
    async () => {
      const mosquitto = await Mosquitto.start();
      onTestFinished(() => mosquitto.close());
      const { port } = mosquitto;
      const stage = await SubscriberStage.open();
      onTestFinished(() => stage.close());
      await stage.subscribe({ url: mosquitto.url });
      await stage.subscriber.established(5_000);
      const source = new ReadingSource();
      const sent: Reading[] = [];
      for (const seed of SEEDS) {
        const random = seededStreams(seed)('crowd');
        const readings = Array.from({ length: PHONES }, (_, index) =>
          source.next(READINGS_PER_PHONE, `phone-${index}`),
        );
        sent.push(...readings.flat());
        const all = PHONES * READINGS_PER_PHONE;
        const instant = stage.received + drawInteger(random, 1, all - 1);
        const coming = crowd(port, readings);
        await stage.until(() => stage.received >= instant);
        // In order: Mosquitto saves what it has acknowledged.
        await mosquitto.stop();
        await coming;
        await mosquitto.start();
      }
      const last = Array.from({ length: PHONES }, (_, index) => source.next(1, `phone-${index}`));
      await crowd(port, last);
      sent.push(...last.flat());
      const accepted = sent.filter(({ isAccepted }) => isAccepted);
      await stage.untilDurable(accepted);
      expect(stage.subscriber.health.connections).toBeGreaterThan(SEEDS.length);
      expect(accepted.length).toBeLessThan(sent.length);
      const verdict = await stage.judge(sent, last[0]?.[0] as Reading);
      expect(verdict.violations).toEqual([]);
    },
  );
});
