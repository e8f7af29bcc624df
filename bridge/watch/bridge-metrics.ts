/** The metrics of a bridge, for Prometheus. */
import { createRequire } from 'node:module';
import type * as Prometheus from 'prom-client';
import type { Counter, Gauge, Histogram } from 'prom-client';
import type { BridgeStatus } from './bridge-status.ts';
import { METRICS } from './metric-list.ts';
import type { MetricSpec } from './metric-list.ts';
import { DeviceLabels } from './device-labels.ts';

/** Upper bounds in s: from a sync of a good disk to one that hangs. */
const BUCKETS_S = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Collects when it is asked: what a bridge counts costs it nothing until then. */
export class BridgeMetrics {
  readonly #prometheus = loadPrometheus();
  readonly #registry = new this.#prometheus.Registry();
  readonly #devices = new DeviceLabels();
  readonly #sync: Histogram;
  readonly #acknowledge: Histogram;
  #status: BridgeStatus | undefined;

  constructor() {
    this.#prometheus.collectDefaultMetrics({ register: this.#registry });
    for (const spec of METRICS) this.#register(spec);
    this.#sync = this.#histogram('sync_seconds', 'Time that a sync of the spool to its disk took');
    this.#acknowledge = this.#histogram(
      'ack_seconds',
      'Time from the arrival of an MQTT message to its acknowledgement, of one message at a time',
    );
  }

  /** Notes how long a sync of the spool took. */
  observeSync(seconds: number): void {
    this.#sync.observe(seconds);
  }

  /** Notes how long a message waited for its acknowledgement. */
  observeAcknowledgement(seconds: number): void {
    this.#acknowledge.observe(seconds);
  }

  /** What `render` gives, by its media type. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics of a bridge that is as `status` says, in the text format of Prometheus. */
  render(status: BridgeStatus): Promise<string> {
    this.#status = status;
    return this.#registry.metrics();
  }

  #histogram(name: string, help: string): Histogram {
    const registers = [this.#registry];
    const config = { name: `stedi_bridge_${name}`, help, buckets: BUCKETS_S, registers };
    return new this.#prometheus.Histogram(config);
  }

  #register({ name, help, type, labels, values }: MetricSpec): void {
    const config = { name: `stedi_bridge_${name}`, help, labelNames: [...labels] };
    const registers = [this.#registry];
    const samples = (): ReturnType<MetricSpec['values']> =>
      this.#status === undefined ? [] : values(this.#status, this.#devices);
    const { Counter: CounterMetric, Gauge: GaugeMetric } = this.#prometheus;
    if (type === 'counter') {
      new CounterMetric({
        ...config,
        registers,
        collect() {
          empty(this, labels);
          for (const [at, value] of samples()) this.inc(at, value);
        },
      });
    } else {
      new GaugeMetric({
        ...config,
        registers,
        collect() {
          empty(this, labels);
          for (const [at, value] of samples()) this.set(at, value);
        },
      });
    }
  }
}

/** Loaded when a bridge is first watched: it takes long, and whoever only simulates one has no use for it. */
function loadPrometheus(): typeof Prometheus {
  return createRequire(import.meta.url)('prom-client') as typeof Prometheus;
}

/** A metric without labels would begin with a 0, and a broker that was never asked for would be down. */
function empty(metric: Counter | Gauge, labels: readonly string[]): void {
  metric.reset();
  if (labels.length === 0) metric.remove();
}
