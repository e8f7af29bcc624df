/** The bridge's session and the simulator's trainer at the two ends of a serial cable, under virtual time. */
import { SerialLines } from '../../../bridge/adapters/serial-lines.ts';
import { newDeviceSession, stepDeviceSession } from '../../../bridge/core/device-session.ts';
import type { DeviceSession } from '../../../bridge/core/device-session.ts';
import type { SessionEffect, SessionEvent } from '../../../bridge/core/session-events.ts';
import { encodeDeviceLine, LINE_END } from '../../../firmware-protocol/index.ts';
import type { Reading } from '../../../firmware-protocol/index.ts';
import { garbleLine } from '../../../simulator/core/garble.ts';
import { drawChance } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/core/random.ts';
import { stepTrainer, TRAINER_OFF } from '../../../simulator/core/trainer.ts';
import type { TrainerEvent, TrainerState } from '../../../simulator/core/trainer.ts';
import type { DevicePort } from '../../../simulator/fleet/links.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemorySerial } from '../../../simulator/virtual/memory-serial.ts';
import type { HostChannel } from '../../../simulator/virtual/memory-serial.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { ticksAt } from './ticking-device.ts';
import type { TickingDevice } from './ticking-device.ts';

/** The cable is plugged in then. */
export const PLUGGED_MS = 1_655_564_400_000;
const UINT32 = 2 ** 32;

/** What kind of cable and trainer. */
export interface WireOptions {
  readonly baudRate: number;
  /** What the host takes the baud rate for, where that differs. */
  readonly hostBaudRate?: number;
  readonly driftPpm?: number;
  /** What the trainer's counter shows when it boots. */
  readonly startTicks?: number;
  /** How many lines of the trainer are damaged, 0–1; their line ends stay. */
  readonly garbleRate?: number;
}

/** A reading that the trainer sent, and when it measured. */
export interface SentReading {
  readonly reading: Reading;
  readonly atMs: number;
  readonly whole: boolean;
}

/** A trainer with its cable and the session at the other end. */
export class TrainerOnAWire {
  readonly time: VirtualTime = new VirtualTime(PLUGGED_MS);
  readonly sent: SentReading[] = [];
  /** What the session wanted to land or to keep in quarantine. */
  readonly data: Exclude<SessionEffect, { kind: 'send' } | { kind: 'wake' }>[] = [];
  readonly commands: string[] = [];
  session: DeviceSession;
  readonly #options: WireOptions;
  readonly #random: Random;
  readonly #port: DevicePort;
  readonly #channel: HostChannel;
  #device: TickingDevice = { bootMs: PLUGGED_MS, driftPpm: 0, startTicks: 0 };
  #trainer: TrainerState = TRAINER_OFF;
  #boots = 0;

  constructor(options: WireOptions) {
    const { baudRate, hostBaudRate = baudRate } = options;
    const streams = seededStreams(1);
    this.#options = options;
    this.#random = streams('garble');
    this.session = newDeviceSession(10_000 / hostBaudRate);
    const channels: HostChannel[] = [];
    const onPlugged = (channel: HostChannel): void => void channels.push(channel);
    this.#port = new MemorySerial({ timers: this.time, streams, baudRate, onPlugged }).plug(0);
    this.#channel = channels[0] as HostChannel;
    this.#port.onReceive((bytes) =>
      this.#advanceTrainer({ kind: 'received', bytes, ticks: this.#ticks() }),
    );
  }

  /** The host opens the port. */
  open(): void {
    const lines = new SerialLines(
      (line) => this.advanceSession({ kind: 'line', line, atMs: this.time.now() }),
      () => undefined,
    );
    this.#channel.onData((chunk) => lines.push(chunk));
    this.advanceSession({ kind: 'opened', atMs: this.time.now() });
  }

  /** The trainer gets power, or again. Its serial number ends in the number of the box. */
  boot(box: number): void {
    const { driftPpm = 0, startTicks = 0 } = this.#options;
    this.#device = { bootMs: this.time.now(), driftPpm, startTicks };
    this.#boots++;
    this.#advanceTrainer({
      kind: 'power-on',
      serialNumber: serialNumberOf(box),
      boot: `B00${this.#boots}`,
      why: 'PWR',
    });
  }

  /** Somebody steps in front of the sensor at each of these times, in ms after the cable was plugged in. */
  stepAt(timesMs: readonly number[]): void {
    for (const [index, timeMs] of timesMs.entries()) {
      this.time.at(PLUGGED_MS + timeMs, () => {
        const distance = 201 + (index % 100);
        this.#advanceTrainer({ kind: 'sampled', distance, ticks: this.#ticks() });
      });
    }
  }

  /** Lets time pass until `timeMs` after the cable was plugged in. */
  run(timeMs: number): void {
    this.time.at(PLUGGED_MS + timeMs, () => undefined);
    if (this.time.run(PLUGGED_MS + timeMs, 1_000_000)) throw new RangeError('This run never ends');
  }

  advanceSession(event: SessionEvent): void {
    const { session, effects } = stepDeviceSession(this.session, event);
    this.session = session;
    for (const effect of effects) {
      if (effect.kind === 'send') {
        this.commands.push(effect.text);
        this.#channel.write(effect.text);
      } else if (effect.kind === 'wake') {
        this.time.at(effect.atMs, () =>
          this.advanceSession({ kind: 'woken', atMs: this.time.now() }),
        );
      } else {
        this.data.push(effect);
      }
    }
  }

  #ticks(): number {
    return ticksAt(this.#device, this.time.now());
  }

  #advanceTrainer(event: TrainerEvent): void {
    const { state, effects } = stepTrainer(this.#trainer, event);
    this.#trainer = state;
    const boots = this.#boots;
    for (const effect of effects) {
      if (effect.kind === 'wake') {
        const waitMs = ((effect.atTicks - this.#ticks() + UINT32) % UINT32) + 2;
        this.time.at(this.time.now() + waitMs, () => {
          if (boots === this.#boots) this.#advanceTrainer({ kind: 'woken', ticks: this.#ticks() });
        });
        continue;
      }
      // The session never sends REBOOT.
      if (effect.kind === 'restart') continue;
      const line = encodeDeviceLine(effect.line);
      const whole = !drawChance(this.#random, this.#options.garbleRate ?? 0);
      this.#port.send(whole ? line : garbleLine(line.slice(0, -2), this.#random) + LINE_END);
      if (effect.line.kind === 'reading') {
        this.sent.push({ reading: effect.line, atMs: this.time.now(), whole });
      }
    }
  }
}

/** The serial number of a box. */
export function serialNumberOf(box: number): string {
  return `5f8c2d1e-0a3b-4c5d-8e9f-00112233445${box}`;
}
