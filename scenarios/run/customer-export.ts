import type { ObjectSink } from '../../bridge/index.ts';
import { customerExports } from '../../simulator/index.ts';
import type { Timers, World } from '../../simulator/index.ts';

/** How often the fulfilment website exports what has changed. */
const EXPORT_MS = 300_000;

/**
 * Schedules the exports of the fulfilment website: each lands the customer versions that became ready since the one
 * before, as one object.
 * The last export, at the end of the world, is stored by the function that is given back.
 */
export function scheduleCustomerExports(
  world: World,
  timers: Timers,
  sink: ObjectSink,
): () => Promise<void> {
  const versions = customerExports(world);
  const stored: Promise<void>[] = [];
  let next = 0;
  let exports = 0;
  const exportUntil = (untilMs: number): void => {
    const from = next;
    while ((versions[next]?.exportMs ?? Infinity) <= untilMs) next++;
    if (next === from) return;
    const day = new Date(untilMs).toISOString().slice(0, 10);
    const key = `customer_landing/date=${day}/website-${String(exports++).padStart(8, '0')}.json`;
    const lines = versions.slice(from, next).map(({ record }) => JSON.stringify(record));
    const metadata = { source: 'website', records: String(lines.length) };
    const storing = sink.put({ key, body: `${lines.join('\n')}\n`, metadata });
    // Whoever waits at the end is told; until then a failure must not end the process.
    storing.catch(() => undefined);
    stored.push(storing);
  };
  for (let atMs = world.spec.startMs; atMs < world.endMs; atMs += EXPORT_MS) {
    timers.at(atMs, () => exportUntil(atMs));
  }
  return async () => {
    exportUntil(world.endMs);
    await Promise.all(stored);
  };
}
