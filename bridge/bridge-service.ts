import type { SystemTimers } from './adapters/system-timers.ts';
import { succeedsWithin } from './adapters/time-limit.ts';
import type { BridgeError } from './bridge-error.ts';
import type { StartBridgeOptions } from './bridge-settings.ts';
import type { BridgeWorld } from './bridge-world.ts';
import { openSources } from './bridge-sources.ts';
import type { OpenSources } from './bridge-sources.ts';
import { Bridge } from './bridge.ts';
import { Lander } from './landing/lander.ts';
import type { OpenSink } from './landing-sink.ts';
import { DamageNotices } from './landing/damage-notices.ts';
import type { NoticeLevel, NoticePart, OnNotice } from './notice.ts';
import type { BridgeTimers, ReadingMemory } from './ports.ts';
import type { SerialPortStatus } from './serial/index.ts';
import type { DurableStore } from './spool/spool-contract.ts';
import { OutageReminder } from './outage-reminder.ts';
import type { Outages } from './outage-reminder.ts';
import { StorageCheck } from './storage-check.ts';
import { startWatchServer, TrafficTally } from './watch/index.ts';
import type { BridgeMetrics, BridgeStatus, StorageStatus, WatchServer } from './watch/index.ts';
import { listed } from './wording.ts';

/** How long storage that is away is waited for in the end, in ms. */
const AWAY_GRACE_MS = 1_000;

/** What a bridge did since it was started, in rows, for programs. */
export interface ServiceCounts {
  /** Readings in stored objects; those that an earlier start left in the spool are among them. */
  readonly landed: number;
  /** Lines that went to quarantine, those that tell of damage of the spool among them. */
  readonly quarantined: number;
  /** Bytes that were too much of a line or message. */
  readonly discardedBytes: number;
  /** Readings that were taken; what went to quarantine is not among them. */
  readonly taken: number;
  /** MQTT messages that came again and did not land again. */
  readonly duplicates: number;
  /** What waits in the spool for the next start, quarantine included. */
  readonly unlanded: number;
}

function sumReadings(rows: StorageStatus['rows']): number {
  return (rows.accelerometer_landing ?? 0) + (rows.step_trainer_landing ?? 0);
}

/** What a service is made of. */
export interface ServiceParts {
  readonly options: StartBridgeOptions;
  readonly world: BridgeWorld;
  /** The clock of records and devices. */
  readonly clock: BridgeTimers;
  readonly timers: SystemTimers;
  readonly spool: DurableStore & { readonly bridgeId: string };
  readonly sink: OpenSink;
  readonly memory: ReadingMemory;
  readonly metrics: BridgeMetrics;
  /** Why the bridge cannot go on, once that is so. */
  readonly failed: Promise<BridgeError>;
}

/** All parts of a bridge, and the order in which they come and go: what takes comes last and goes first. */
export class BridgeService {
  readonly #parts: ServiceParts;
  readonly #traffic = new TrafficTally(() => performance.now());
  readonly #bridge: Bridge;
  readonly #lander: Lander;
  readonly #check: StorageCheck;
  readonly #reminder: OutageReminder;
  #storageFailure: string | undefined;
  #sources: OpenSources | undefined;
  #watch: WatchServer | undefined;
  #isClosing = false;

  constructor(parts: ServiceParts) {
    const { world, clock, timers, spool, sink, memory } = parts;
    const { windows } = world;
    this.#parts = parts;
    this.#bridge = new Bridge({
      store: spool,
      timers: clock,
      memory,
      ...(windows !== undefined && { windows }),
    });
    const onNotice: OnNotice = (notice) => {
      if (notice.level !== 'info') this.#storageFailure = notice.text;
      parts.options.notices.notice(notice);
    };
    const onFailure = (text: string): void => onNotice({ level: 'warn', part: 'landing', text });
    this.#check = new StorageCheck({ ask: () => sink.ask(), timers, onFailure });
    const damages = new DamageNotices(parts.options.spoolFolder, parts.options.notices);
    this.#lander = new Lander({
      source: spool,
      sink: sink.sink,
      bridgeId: spool.bridgeId,
      timers,
      // Bridges that lost their storage together shall not come back to it together.
      random: world.random ?? Math.random,
      onNotice,
      onStored: (stored) => {
        this.#check.end();
        this.#traffic.addStored(stored);
        world.onStored?.(stored);
      },
      onDamage: (damage) => {
        this.#traffic.addDamage(damage);
        damages.tell(damage);
      },
    });
    this.#reminder = new OutageReminder({
      outages: () => this.#outages,
      timers,
      onNotice: (notice) => parts.options.notices.notice(notice),
    });
  }

  get failed(): Promise<BridgeError> {
    return this.#parts.failed;
  }

  /** The serial ports that are supervised. */
  get ports(): readonly SerialPortStatus[] {
    return this.#sources?.ports ?? [];
  }

  /** Waits for the broker as {@link OpenSources.established} does. */
  async established(timeoutMs: number): Promise<void> {
    await this.#sources?.established(timeoutMs);
  }

  /** How the bridge is now. */
  get status(): BridgeStatus {
    const { clock, timers, spool } = this.#parts;
    const { records, quarantined, duplicates, ignored, discardedBytes } = this.#bridge.counts;
    const { listener, broker, serial } = this.#sources?.status ?? {};
    return {
      atMs: clock.now(),
      isClosing: this.#isClosing,
      spool: spool.status,
      storage: this.#storage,
      broker,
      listener,
      serial,
      messages: this.#traffic.messages,
      records,
      quarantined: [...quarantined, ...this.#traffic.damage],
      duplicates,
      ignored,
      discardedBytes,
      clockSteps: timers.clockSteps,
    };
  }

  /** What was done until now. */
  get counts(): ServiceCounts {
    const { records, storage, quarantined, duplicates, discardedBytes, spool } = this.status;
    return {
      landed: sumReadings(storage.rows),
      quarantined: quarantined.reduce((sum, { count }) => sum + count, 0),
      discardedBytes,
      taken: sumReadings(records),
      duplicates: (duplicates['redelivered'] ?? 0) + (duplicates['repeated'] ?? 0),
      unlanded: spool.unlandedRows,
    };
  }

  /** Lands what an earlier start left, then opens the sources. @throws BridgeError as {@link openSources} does */
  async open(): Promise<void> {
    const { options, world, spool, sink, clock, metrics } = this.#parts;
    this.#lander.start();
    void this.#check.begin();
    if (options.watch !== undefined) {
      const status = (): BridgeStatus => this.status;
      this.#watch = await startWatchServer({ ...options.watch, metrics, status });
      this.#say('watch', `Metrics and health are at ${this.#watch.url}.`, 'info');
    }
    this.#sources = await openSources(options, {
      bridge: this.#bridge,
      bridgeId: spool.bridgeId,
      store: spool,
      timers: clock,
      world,
      traffic: this.#traffic,
      onAcknowledged: (seconds) => metrics.observeAcknowledgement(seconds),
      onNotice: (notice) => options.notices.notice(notice),
    });
    const from = listed(this.#sources.names);
    this.#say('bridge', `Bridge ${spool.bridgeId} lands ${from} in ${sink.name}.`, 'info');
    this.#reminder.begin();
  }

  /**
   * Takes nothing more, once the devices are stopped and what was taken is acknowledged, and lands what can be landed
   * within `graceMs`. The rest stays in the spool.
   */
  async drain(graceMs: number): Promise<void> {
    const { spool, options } = this.#parts;
    this.#isClosing = true;
    this.#reminder.end();
    this.#bridge.stop();
    await this.#sources?.close();
    // Storage that is away now would only make everybody wait.
    const patienceMs = this.#storage.isUp ? graceMs : Math.min(graceMs, AWAY_GRACE_MS);
    this.#check.end();
    if (spool.status.state !== 'failed') await succeedsWithin(patienceMs, this.#landAll());
    await this.#lander.stop(0);
    const { unlandedRows } = spool.status;
    if (unlandedRows === 0) return;
    const text = `Records left in the spool ${options.spoolFolder} for the next start: ${unlandedRows}.`;
    this.#say('bridge', text);
  }

  /** Lets everything go. What is under way ends; what is not landed stays in the spool. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#reminder.end();
    this.#check.end();
    await this.#sources?.close();
    await this.#lander.stop(0);
    await this.#watch?.close();
  }

  get #storage(): StorageStatus {
    const { storageUp, putFailures } = this.#lander.status;
    const failure = this.#check.failure ?? (storageUp ? undefined : this.#storageFailure);
    const isUp = storageUp && this.#check.failure === undefined;
    return { isUp, failure, failures: putFailures, ...this.#traffic.stored };
  }

  get #outages(): Outages {
    const { isUp, failure } = this.#storage;
    const broker = this.#sources?.status.broker;
    return {
      landing: isUp ? undefined : (failure ?? 'Objects cannot be stored.'),
      broker: broker?.isUp === false ? (broker.failure ?? 'No broker has answered.') : undefined,
    };
  }

  async #landAll(): Promise<void> {
    const { spool } = this.#parts;
    // A full disk takes no new segment, and landing what is sealed gives it room.
    if (spool.status.state === 'ok') await spool.seal();
    await this.#lander.drained();
  }

  #say(part: NoticePart, text: string, level: NoticeLevel = 'warn'): void {
    this.#parts.options.notices.notice({ level, part, text });
  }
}
