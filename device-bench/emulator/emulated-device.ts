/** Firmware from a file, emulated as fast as this machine can, for whoever waits for what it does. */
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';
import type { DeviceLink } from '../core/device-link.ts';
import { openEmulatedBoard } from './emulated-board.ts';
import type { EmulatedBoard } from './emulated-board.ts';

/** How much of the board's time passes before others get a turn. */
const SLICE_MS = 50;

/** An emulated board that runs by itself from the moment at which somebody listens to it. */
export interface EmulatedDevice extends DeviceLink {
  readonly reset: () => void;
  /** What ended the link, once something has. */
  readonly failure: BenchError | undefined;
  /** Switches the board off. */
  close(): Promise<void>;
}

/** Which firmware to load, and the baud rate at which the host speaks to it. */
export interface EmulatedDeviceOptions {
  readonly path: string;
  readonly baudRate: number;
}

/**
 * Loads an Intel HEX file for an ATmega328P at 16 MHz. Its time is that of the board: what happens in it does not
 * depend on how fast this machine is.
 *
 * @throws BenchError `FIRMWARE_UNREADABLE`, `FIRMWARE_INVALID`
 */
export async function openEmulatedDevice(options: EmulatedDeviceOptions): Promise<EmulatedDevice> {
  const { path, baudRate } = options;
  const hex = await readFile(path, 'latin1').catch((cause: unknown) => {
    const isFolder = (cause as NodeJS.ErrnoException).code === 'EISDIR';
    throw new BenchError(
      'FIRMWARE_UNREADABLE',
      `${isFolder ? `${path} is a folder` : `Cannot read the firmware ${path}`}. Give the path of an Intel HEX file that exists and may be read.`,
      { cause },
    );
  });
  return new RunningBoard(openEmulatedBoard({ hex, name: path, baudRate }));
}

class RunningBoard implements EmulatedDevice {
  readonly timers: DeviceLink['timers'];
  readonly byteMs: number;
  readonly reset: () => void;
  failure: BenchError | undefined;
  readonly #board: EmulatedBoard;
  #run: Promise<void> | undefined;
  #isOver = false;
  #closeListener: () => void = () => undefined;

  constructor(board: EmulatedBoard) {
    this.#board = board;
    this.timers = board.timers;
    this.byteMs = board.byteMs;
    this.reset = board.reset;
  }

  write(bytes: string): void {
    this.#board.write(bytes);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#board.onData(listener);
    this.#run ??= this.#keepRunning();
  }

  onClose(listener: () => void): void {
    this.#closeListener = listener;
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#run;
  }

  async #keepRunning(): Promise<void> {
    const { timers } = this.#board;
    for (;;) {
      await setImmediate();
      if (this.#isOver) return;
      try {
        this.#board.run(timers.now() + SLICE_MS, () => this.#isOver);
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        this.failure = error;
        this.#closeListener();
        return;
      }
    }
  }
}
