/** A broker that goes away and comes back: 500 phones and the bridge reconnect at once. The broker is a real Mosquitto. */
import { describe, expect, it, onTestFinished } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../mosquitto.ts';
import { ReadingPublisher, ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { SEEDS, SubscriberStage } from './subscriber-stage.ts';

const PHONES = 500;
const READINGS_PER_PHONE = 2;

/** All phones connect at once, and publish. Those that are cut off leave the rest of their readings unaccepted. */
async function crowd(port: number, readings: readonly Reading[][]): Promise<void> {
  const phones = await Promise.all(
    readings.map(async (ofPhone, index) => {
      const phone = await ReadingPublisher.connect({ port, clientId: `phone-${index}` });
      await phone.publish(ofPhone);
      return phone;
    }),
  );
  for (const phone of phones) phone.close();
}

describe.skipIf(LACKS_MOSQUITTO)(`Mosquitto goes away ${NEEDS_MOSQUITTO}`, () => {
  it('and 500 phones come back with it, at 20 instants: what was acknowledged lands', async () => {
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
    await stage.untilDurable(last.flat());
    await stage.until(() => accepted.every((reading) => stage.isDurable(reading)));
    expect(stage.subscriber.health.connections).toBe(SEEDS.length + 1);
    expect(accepted.length).toBeLessThan(sent.length);
    const verdict = await stage.judge(sent, last[0]?.[0] as Reading);
    expect(verdict.violations).toEqual([]);
  });
});
