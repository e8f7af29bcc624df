/**
 * SIGKILL and restart of a real Mosquitto while readings flow through it.
 *
 * Mosquitto keeps sessions in memory, and acknowledges before it saves them: what it loses then, no bridge can land. So a
 * reading counts as safe when Mosquitto has acknowledged it before it was told to save, or when the bridge has
 * acknowledged it to Mosquitto. Of the others, those that Mosquitto still has must land too, and none twice as a new one.
 */
import { describe, expect, it, onTestFinished } from 'vitest';

import { drawChance, drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../mosquitto.ts';
import type { MosquittoOptions } from '../mosquitto.ts';
import { ReadingPublisher, ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { SEEDS, SubscriberStage } from './subscriber-stage.ts';

const SAVED = 60;
const FLOWING = 300;

interface Parts {
  readonly mosquitto: Mosquitto;
  readonly stage: SubscriberStage;
  readonly source: ReadingSource;
}

async function publisher({ mosquitto }: Parts): Promise<ReadingPublisher> {
  const { port, tls } = mosquitto;
  return ReadingPublisher.connect({ port, clientId: 'phone-1', tls });
}

/** Kills the broker at an instant of the seed. Returns what Mosquitto had saved, what it may have lost, and one after. */
async function strike(
  parts: Parts,
  seed: number,
): Promise<{ readonly saved: Reading[]; readonly flowing: Reading[]; readonly fresh: Reading }> {
  const { mosquitto, stage, source } = parts;
  const random = seededStreams(seed)('broker-killed');
  const saved = source.next(SAVED, 'phone-1');
  const flowing = source.next(FLOWING, 'phone-1');
  // At half of the instants, what is saved waits at the broker when it dies, or is half delivered.
  if (drawChance(random, 0.5)) stage.hold();
  const before = await publisher(parts);
  await before.publish(saved);
  expect(saved.every(({ isAccepted }) => isAccepted)).toBe(true);
  await mosquitto.save();
  stage.release();
  const instant = stage.received + drawInteger(random, 0, FLOWING);
  const publishing = before.publish(flowing);
  await stage.until(() => stage.received >= instant || flowing.every((one) => one.isAccepted));
  await mosquitto.kill();
  await publishing;
  await mosquitto.start();
  const after = await publisher(parts);
  const [fresh] = source.next(1, 'phone-1') as [Reading];
  await after.publish([fresh]);
  await stage.untilDurable([...saved, fresh]);
  after.close();
  return { saved, flowing, fresh };
}

describe.skipIf(LACKS_MOSQUITTO)(`Mosquitto is killed and started again ${NEEDS_MOSQUITTO}`, () => {
  it.each<[string, MosquittoOptions]>([
    ['over TCP', {}],
    ['over TLS', { tls: 'mutual' }],
  ])('%s: what was safe lands, at 20 instants', { timeout: 120_000 }, async (_, options) => {
    const mosquitto = await Mosquitto.start(options);
    onTestFinished(() => mosquitto.close());
    const stage = await SubscriberStage.open();
    onTestFinished(() => stage.close());
    const parts = { mosquitto, stage, source: new ReadingSource() };
    const { tls } = mosquitto;
    await stage.subscribe({
      url: mosquitto.url,
      ...(tls && { tls: { ca: tls.ca, cert: tls.clientCert, key: tls.clientKey } }),
    });
    await stage.subscriber.established(5_000);
    const saved: Reading[] = [];
    const flowing: Reading[] = [];
    let fresh: Reading | undefined;
    for (const seed of SEEDS) {
      const round = await strike(parts, seed);
      saved.push(...round.saved, round.fresh);
      flowing.push(...round.flowing);
      fresh = round.fresh;
    }
    expect(stage.subscriber.health.connections).toBeGreaterThan(SEEDS.length);
    const safe = new Set(saved);
    const sent = [...saved, ...flowing];
    const verdict = await stage.judge(sent, fresh as Reading, (reading) => safe.has(reading));
    expect(verdict.violations).toEqual([]);
    // The faults struck in the middle: some readings came twice, some never.
    expect(verdict.duplicates).toBeGreaterThan(0);
  });
});
