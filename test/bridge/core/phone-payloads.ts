/** What the phones of a small world send. */
import { encodeSampleBatch } from '../../../firmware-protocol/index.ts';
import type { Sample } from '../../../firmware-protocol/index.ts';
import { drawContinuousWalk, PHONE_RATE_HZ } from '../../../simulator/core/continuous-walk.ts';
import { drawWorld } from '../../../simulator/core/world.ts';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import { scheduleFleet } from '../../../simulator/fleet/fleet.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemoryBroker } from '../../../simulator/virtual/memory-broker.ts';
import { MemorySerial } from '../../../simulator/virtual/memory-serial.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { sampleSpec, WORLD_START_MS } from '../../simulator/core/sample-world.ts';

const SEED = 5;

/** The payloads of all phones in four minutes of step tests. */
export function stepTestPayloads(): Uint8Array[] {
  const streams = seededStreams(SEED);
  const world = drawWorld(sampleSpec({ durationMs: 240_000 }), streams);
  const timers = new VirtualTime(WORLD_START_MS);
  const payloads: Uint8Array[] = [];
  const broker = new MemoryBroker({
    timers,
    onMessage: ({ payload }, onTaken) => {
      payloads.push(payload);
      onTaken();
    },
  });
  const cables = new MemorySerial({
    timers,
    streams,
    baudRate: 57_600,
    onPlugged: () => undefined,
  });
  const ledger = new TruthLedger();
  scheduleFleet({ world, faults: [], timers, streams, ledger, cables, network: broker, broker });
  if (timers.run(world.endMs, 1_000_000)) throw new RangeError('This run never ends');
  return payloads;
}

/** What the phone of somebody who walks about sends in a minute: 50 samples a second, a message for each second. */
export function walkingPayloads(): Uint8Array[] {
  const walk = drawContinuousWalk(seededStreams(SEED)('walk'), WORLD_START_MS);
  return Array.from({ length: 60 }, (_, seq) => {
    const samples = Array.from({ length: PHONE_RATE_HZ }, (_each, index): Sample => {
      const timeMs = WORLD_START_MS + seq * 1_000 + (index * 1_000) / PHONE_RATE_HZ;
      return [Math.round(timeMs), ...walk.accelerationAt(timeMs)];
    });
    return Buffer.from(
      encodeSampleBatch({ user: 'ana@mail.example', session: 'a1', seq, samples }),
    );
  });
}
