import type { ObjectSink } from '../../bridge/index.ts';
import { customerExports, EXPORT_MS } from '../../simulator/index.ts';
import type { CustomerExport, Fleet, Timers, World } from '../../simulator/index.ts';

/**
 * Schedules the exports of the fulfilment website of a fleet's world: each lands the customer versions that became ready
 * since the one before, as one object. The last export, at the end of the world, is stored by the function that is given
 * back.
 */
export function scheduleCustomerExports(
  fleet: Pick<Fleet, 'world'>,
  timers: Timers,
  sink: ObjectSink,
): () => Promise<void> {
  const { spec, endMs } = fleet.world;
  const versions = new VersionsDue(fleet);
  const stored: Promise<void>[] = [];
  let exports = 0;
  const exportUntil = (untilMs: number): void => {
    const due = versions.take(untilMs);
    if (due.length === 0) return;
    const day = new Date(untilMs).toISOString().slice(0, 10);
    const key = `customer_landing/date=${day}/website-${String(exports++).padStart(8, '0')}.json`;
    const lines = due.map(({ record }) => JSON.stringify(record));
    const metadata = { source: 'website', records: String(lines.length) };
    const storing = sink.put({ key, body: `${lines.join('\n')}\n`, metadata });
    // Whoever waits at the end is told; until then a failure must not end the process.
    storing.catch(() => undefined);
    stored.push(storing);
  };
  const scheduleExport = (atMs: number): void => {
    if (atMs >= endMs) return;
    timers.at(atMs, () => {
      exportUntil(atMs);
      scheduleExport(atMs + (spec.exportEveryMs ?? EXPORT_MS));
    });
  };
  scheduleExport(spec.startMs);
  return async () => {
    exportUntil(endMs);
    await Promise.all(stored);
  };
}

/** The versions of customers that were not exported yet, while their world changes. */
class VersionsDue {
  readonly #fleet: Pick<Fleet, 'world'>;
  #world: World | undefined;
  #versions: readonly CustomerExport[] = [];
  #next = 0;
  #takenMs = -Infinity;

  constructor(fleet: Pick<Fleet, 'world'>) {
    this.#fleet = fleet;
  }

  /** Takes those that are ready until a time. A change concerns what comes after it alone: it adds to what is left. */
  take(untilMs: number): readonly CustomerExport[] {
    const { world } = this.#fleet;
    if (world !== this.#world) {
      this.#world = world;
      this.#versions = customerExports(world);
      this.#next = this.#countUntil(this.#takenMs, 0);
    }
    const from = this.#next;
    this.#next = this.#countUntil(untilMs, from);
    this.#takenMs = untilMs;
    return this.#versions.slice(from, this.#next);
  }

  #countUntil(untilMs: number, from: number): number {
    let count = from;
    while ((this.#versions[count]?.exportMs ?? Infinity) <= untilMs) count++;
    return count;
  }
}
