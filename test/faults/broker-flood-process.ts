/**
 * A broker in a process of its own, so that its memory can be told. What clients named `flood-…` send becomes durable
 * only when the parent says so, as if the disk were full.
 */
import { startPhoneBroker } from '../../bridge/broker/index.ts';

/** What the process tells its parent. */
export interface FloodReport {
  readonly port: number;
  /** Messages of the flood that were taken, and of others. */
  readonly flooded: number;
  readonly others: readonly string[];
  readonly connections: number;
  readonly refusals: readonly string[];
  readonly peakRssBytes: number;
}

const waiting: (() => void)[] = [];
const others: string[] = [];
const refusals: string[] = [];
let flooded = 0;
let isHolding = true;

const broker = await startPhoneBroker({
  listen: { host: '127.0.0.1', port: 0 },
  onNotice: () => undefined,
  store: { isFull: false, onRoom: () => undefined },
  onEvent: (event) => {
    if (event.kind === 'refused') refusals.push(event.reason);
  },
  limits: { connections: 1_001 },
  take: ({ topic, payload }, onDurable) => {
    if (!topic.includes('/flood-')) {
      others.push(Buffer.from(payload).toString());
      setImmediate(onDurable);
      return;
    }
    flooded++;
    if (isHolding) waiting.push(onDurable);
    else setImmediate(onDurable);
  },
});

function report(): void {
  const message: FloodReport = {
    port: broker.port,
    flooded,
    others,
    connections: broker.connections,
    refusals,
    // In KiB.
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
  process.send?.(message);
}

process.on('message', (order) => {
  if (order === 'release') {
    isHolding = false;
    for (const onDurable of waiting.splice(0)) onDurable();
  }
  report();
});
report();
