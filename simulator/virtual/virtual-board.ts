import { encodeDeviceLine, LINE_END } from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawInteger, drawUuid } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import type { Sensor } from '../core/sensor.ts';
import type { Timers } from '../core/timers.ts';
import { FREE_RUNNING_OPTIONS, STEPWISE_OPTIONS, stepTrainer } from '../core/trainer.ts';
import { TrainerDriver } from '../fleet/trainer-driver.ts';
import type { PowerOn } from '../fleet/powered-trainer.ts';
import { VirtualBoardLine } from './virtual-board-line.ts';
import type { BoardParts, VirtualBoardOptions } from './virtual-board-options.ts';

const BAUD_RATE = 57_600;
const ROM_BYTES = { min: 16, max: 64 };
const LINE_FEED = 0x0a;
const TEXTS = ['sensor warm-up', 'free heap 1432, stack 211', '', 'i2c: retry 1 of 3'];

/**
 * A step trainer on a serial line in memory, seen from the host: bytes at the pace of the baud rate, readings at the
 * rate of START. It runs from the moment that it is made, on virtual or on wall time.
 */
export class VirtualBoard {
  readonly timers: Timers;
  readonly byteMs: number;
  readonly serialNumber: string;
  readonly #options: VirtualBoardOptions;
  readonly #line: VirtualBoardLine;
  readonly #parts: BoardParts;
  readonly #bootRandom: Random;
  readonly #driver: TrainerDriver;
  /** Counts starts, so that one that a boot loader held back for too long is recognised. */
  #cycle = 0;

  constructor(options: VirtualBoardOptions) {
    const { timers, streams, baudRate = BAUD_RATE, latencyMsMax = 0, rework } = options;
    this.timers = timers;
    this.#options = options;
    this.serialNumber = options.serialNumber ?? drawUuid(streams('board/identity'));
    this.#bootRandom = streams('board/boot');
    const random = streams('board/line');
    this.#line = new VirtualBoardLine({ timers, random, baudRate, latencyMsMax });
    this.byteMs = this.#line.byteMs;
    const parts: BoardParts = {
      step: stepTrainer,
      encode: encodeDeviceLine,
      send: (bytes, urgent) => this.#line.send(bytes, urgent),
      periodMs: (rateHz) => 1000 / rateHz,
    };
    this.#parts = { ...parts, ...rework?.(parts, timers) };
    this.#driver = new TrainerDriver({
      timers,
      bootRandom: this.#bootRandom,
      sensor: sensorOf(options),
      send: (line) => this.#send(line),
      onRestart: (restart) => this.#start(restart),
      step: this.#parts.step,
      periodMs: this.#parts.periodMs,
    });
    this.#line.onReceived((bytes) => this.#driver.receive(bytes));
    this.#start(this.#supply('PWR'));
    if (options.textEveryMs !== undefined) this.#chatAfter(options.textEveryMs);
  }

  /** Sends bytes to the board, one per character (latin1). */
  write(bytes: string): void {
    this.#line.write(bytes);
  }

  /** Calls `listener` with what arrives; the chunk is the listener's to keep. */
  onData(listener: (chunk: Uint8Array) => void): void {
    this.#line.onData(listener);
  }

  /** Calls `listener` when the board is unplugged. */
  onClose(listener: () => void): void {
    this.#line.onClose(listener);
  }

  /** Restarts the board by its reset line: what it was sending ends in the middle. */
  reset(): void {
    this.#line.cut();
    this.#start(this.#supply('RST'));
  }

  /** Pulls the cable, and with it the power. */
  unplug(): void {
    this.#cycle++;
    this.#driver.powerOff();
    this.#line.close();
  }

  #supply(why: string): PowerOn {
    const { driftPpm = 0, product, capabilities, stepPeriodMs } = this.#options;
    const options = stepPeriodMs === undefined ? FREE_RUNNING_OPTIONS : STEPWISE_OPTIONS;
    return {
      serialNumber: this.serialNumber,
      ...(product !== undefined && { product }),
      why,
      driftPpm,
      options: capabilities ?? options,
    };
  }

  #start(supply: PowerOn): void {
    const { bootDelayMs = 0, romGarbage } = this.#options;
    const cycle = ++this.#cycle;
    this.#driver.powerOff();
    if (romGarbage === true) this.#line.send(drawGarbage(this.#bootRandom), true);
    if (bootDelayMs === 0) {
      this.#powerOn(supply);
      return;
    }
    this.timers.at(this.timers.now() + bootDelayMs, () => {
      if (cycle === this.#cycle) this.#powerOn(supply);
    });
  }

  #powerOn(supply: PowerOn): void {
    if (this.#options.textEveryMs !== undefined) {
      this.#send({ kind: 'text', text: 'STEDI step trainer' });
    }
    this.#driver.powerOn(supply);
  }

  #send(line: DeviceLine): boolean {
    const { lineEnd = LINE_END } = this.#options;
    const bytes = this.#parts.encode(line).replaceAll(LINE_END, lineEnd);
    const urgent = line.kind !== 'reading' && line.kind !== 'text';
    return bytes === '' || this.#parts.send(bytes, urgent);
  }

  #chatAfter(textEveryMs: number): void {
    const random = this.#options.streams('board/text');
    const chat = (): void => {
      const text = TEXTS[drawInteger(random, 0, TEXTS.length - 1)] as string;
      if (this.#driver.isOn) this.#send({ kind: 'text', text });
      this.timers.at(this.timers.now() + textEveryMs, chat);
    };
    this.timers.at(this.timers.now() + textEveryMs, chat);
  }
}

function sensorOf({ distanceAt = sway, stepPeriodMs }: VirtualBoardOptions): Sensor {
  return {
    distanceAt: (timeMs) => ({ distance: distanceAt(timeMs), outOfRange: false }),
    ...(stepPeriodMs !== undefined && {
      nextStepMs: (notBeforeMs: number) => Math.ceil(notBeforeMs / stepPeriodMs) * stepPeriodMs,
    }),
  };
}

/** Somebody who sways in front of the sensor: 201–300, once in two seconds. */
function sway(timeMs: number): number {
  return Math.round(250.5 + 49.5 * Math.sin((Math.PI * timeMs) / 1000));
}

/** What a ROM writes at a baud rate of its own looks like. It ends with a line feed by chance. */
function drawGarbage(random: Random): string {
  const length = drawInteger(random, ROM_BYTES.min, ROM_BYTES.max);
  const bytes = Array.from({ length }, () => drawInteger(random, 0, 0xff));
  return String.fromCharCode(...bytes, LINE_FEED);
}
