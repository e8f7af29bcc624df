/**
 * A trainer that streams over a bad line to the bridge's session, in virtual time and without threads of its own: a
 * million lines take seconds. It counts what the receiver can know against what the session did.
 */
import { SerialLines } from '../../bridge/adapters/serial-lines.ts';
import { newDeviceSession, stepDeviceSession } from '../../bridge/core/device-session.ts';
import type { DeviceSession } from '../../bridge/core/device-session.ts';
import type { SessionEffect, SessionEvent } from '../../bridge/core/session-events.ts';
import {
  crc16CcittFalse,
  decodeDeviceLine,
  encodeDeviceLine,
  formatCrc,
} from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { stepTrainer, TRAINER_OFF } from '../../simulator/core/trainer.ts';
import type { TrainerEvent, TrainerState } from '../../simulator/core/trainer.ts';
import { SentLine, WireReceiver } from '../../simulator/core/wire-receiver.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';

const START_MS = 1_655_564_400_000;
const PERIOD_MS = 20;
const SERIAL_NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
const UINT32 = 2 ** 32;
/** Both counters wrap within the first minutes of a boot. */
const SEQ_START = 60_000;
const TICKS_START = UINT32 - 100_000;
/** A landed time that is off by more is the wrong time. */
const TIME_ERROR_MS = 5;
/** Of so many lines one is not spared while the session does not stream. */
const SPARED = 5;
/** Lines that may still be on their way when something lands. */
const RECENT_LINES = 256;

/** What a stream of lines came to. */
export interface StreamCounts {
  /** Lines that the device sent, and those that were hit by a fault. */
  sent: number;
  hit: number;
  /** Readings that arrived whole, and that landed. */
  whole: number;
  landed: number;
  /** Lines that arrived and stand for none that was sent. */
  damaged: number;
  /** Of these: those whose CRC is right, that the decoder takes for a line, that landed. */
  crcPassed: number;
  decoded: number;
  landedDamaged: number;
  /** Readings that landed with a time that is wrong. */
  landedAtWrongTime: number;
  /** Readings that arrived whole and were refused because they could not be. */
  refusedWhole: number;
  /** Damaged readings with a right CRC that were refused because they could not be. */
  refusedDamaged: number;
}

/** How a stream is made. */
export interface StreamOptions {
  /** The bytes that come out instead of a line, its line end included; the same bytes when it is not hit. */
  readonly damage: (line: string, device: DeviceLine) => string;
  /** The trainer boots again after so many readings; never if not given. */
  readonly rebootEvery?: number;
  readonly driftPpm?: number;
}

/** One trainer, one bad line, one session. */
export class DamagedStream {
  readonly counts: StreamCounts = {
    sent: 0,
    hit: 0,
    whole: 0,
    landed: 0,
    damaged: 0,
    crcPassed: 0,
    decoded: 0,
    landedDamaged: 0,
    landedAtWrongTime: 0,
    refusedWhole: 0,
    refusedDamaged: 0,
  };
  readonly #options: StreamOptions;
  readonly #time = new VirtualTime(START_MS);
  readonly #receiver = new WireReceiver((text) => this.#judgeDamaged(text));
  readonly #lines = new SerialLines(
    (line) => this.#advanceSession({ kind: 'line', line, atMs: this.#time.now() }),
    () => undefined,
  );
  #session: DeviceSession = newDeviceSession(0);
  #trainer: TrainerState = TRAINER_OFF;
  #bootedAtMs = START_MS;
  #boots = 0;
  #readings = 0;
  /** The last lines that were sent, and when each was: its content is its name. */
  readonly #recent = new Map<string, number>();

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#boot();
    this.#advanceSession({ kind: 'opened', atMs: START_MS });
    this.#sampleNext();
  }

  /** Goes on until so many damaged lines have arrived, or lines were sent, whichever is first. */
  run(until: { readonly damaged: number; readonly sent: number }): StreamCounts {
    const { counts } = this;
    while (counts.damaged < until.damaged && counts.sent < until.sent) {
      this.#time.run(Number.MAX_SAFE_INTEGER, 500);
    }
    return counts;
  }

  #boot(): void {
    this.#bootedAtMs = this.#time.now();
    this.#boots++;
    const boot = this.#boots.toString(16).toUpperCase().padStart(4, '0').slice(-4);
    const counters = { seq: SEQ_START, ticks: TICKS_START };
    this.#advanceTrainer({
      kind: 'power-on',
      serialNumber: SERIAL_NUMBER,
      boot,
      why: 'PWR',
      ...counters,
    });
  }

  #ticks(): number {
    const pace = 1 + (this.#options.driftPpm ?? 0) / 1e6;
    return (TICKS_START + Math.floor((this.#time.now() - this.#bootedAtMs) * pace)) % UINT32;
  }

  #sampleNext(): void {
    this.#time.at(this.#time.now() + PERIOD_MS, () => {
      const { rebootEvery } = this.#options;
      if (rebootEvery !== undefined && ++this.#readings % rebootEvery === 0) this.#boot();
      const distance = 201 + (this.#readings % 100);
      this.#advanceTrainer({ kind: 'sampled', distance, ticks: this.#ticks() });
      this.#sampleNext();
    });
  }

  #advanceTrainer(event: TrainerEvent): void {
    const { state, effects } = stepTrainer(this.#trainer, event);
    this.#trainer = state;
    for (const effect of effects) if (effect.kind === 'send') this.#send(effect.line);
  }

  #send(device: DeviceLine): void {
    const text = encodeDeviceLine(device);
    const { counts } = this;
    const bytes = this.#isSpared(device) ? text : this.#options.damage(text, device);
    counts.sent++;
    if (bytes !== text) counts.hit++;
    const line = new SentLine(text, ({ arrivals, hasRemains }) => {
      if (device.kind === 'reading' && arrivals === 1 && !hasRemains) counts.whole++;
    });
    this.#remember(line.content);
    this.#receiver.take({ text: bytes, line });
    this.#lines.push(Buffer.from(bytes, 'latin1'));
  }

  /** A session that never gets its answers lands nothing: until it streams, most of them are left alone. */
  #isSpared(device: DeviceLine): boolean {
    return !this.#session.started && device.kind !== 'boot' && this.counts.sent % SPARED !== 0;
  }

  #remember(content: string): void {
    this.#recent.set(content, this.#time.now());
    if (this.#recent.size > RECENT_LINES) {
      this.#recent.delete(this.#recent.keys().next().value as string);
    }
  }

  #advanceSession(event: SessionEvent): void {
    const { session, effects } = stepDeviceSession(this.#session, event);
    this.#session = session;
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: SessionEffect): void {
    if (effect.kind === 'send') {
      this.#advanceTrainer({ kind: 'received', bytes: effect.text, ticks: this.#ticks() });
    } else if (effect.kind === 'wake') {
      this.#time.at(effect.atMs, () =>
        this.#advanceSession({ kind: 'woken', atMs: this.#time.now() }),
      );
    } else if (effect.kind === 'land') {
      this.#judgeLanded(effect.record, effect.line);
    } else if (effect.reason === 'implausible-reading') {
      if (this.#sentMs(effect.line) === undefined) this.counts.refusedDamaged++;
      else this.counts.refusedWhole++;
    }
  }

  #sentMs(line: string): number | undefined {
    return this.#recent.get(line.replace(/\r$/, ''));
  }

  #judgeLanded(record: unknown, line: string): void {
    const { counts } = this;
    counts.landed++;
    const sentMs = this.#sentMs(line);
    const { sensorReadingTime } = record as { readonly sensorReadingTime: number };
    if (sentMs === undefined) counts.landedDamaged++;
    else if (Math.abs(sensorReadingTime - sentMs) > TIME_ERROR_MS) counts.landedAtWrongTime++;
  }

  #judgeDamaged(text: string): void {
    const { counts } = this;
    counts.damaged++;
    if (hasRightCrc(text.replace(/\r$/, ''))) counts.crcPassed++;
    const { kind } = decodeDeviceLine(text);
    if (kind !== 'rejected' && kind !== 'text') counts.decoded++;
  }
}

/** Whether the last five bytes are `*` and the CRC of what is in front of them: all that a receiver without a grammar sees. */
function hasRightCrc(line: string): boolean {
  const star = line.length - 5;
  return (
    star > 0 &&
    line[star] === '*' &&
    line.slice(star + 1) === formatCrc(crc16CcittFalse(line, star))
  );
}
