/** A board with compiled firmware, emulated cycle by cycle, as a device under test. */
import { EEPROMMemoryBackend } from 'avr8js';
import type { DeviceLink } from '../core/device-link.ts';
import { Agenda } from './agenda.ts';
import { Atmega328p, CLOCK_HZ, EEPROM_BYTES, FLASH_BYTES, RAM_BYTES } from './atmega328p.ts';
import type { ResetCause } from './atmega328p.ts';
import { readIntelHex } from './intel-hex.ts';
import { SerialLine } from './serial-line.ts';

const CYCLES_PER_MS = CLOCK_HZ / 1_000;
const BITS_PER_BYTE = 10;
const BAUD_RATE = 57_600;
/** What RAM holds before anything was written to it. */
const UNTOUCHED = 0xa5;

/** What runs on the board. */
export interface EmulatedBoardOptions {
  /** The text of an Intel HEX file for an ATmega328P at 16 MHz. */
  readonly hex: string;
  /** What messages call the file. */
  readonly name?: string;
  /** Baud rate of the host, by default 57600. That of the device is what its firmware sets. */
  readonly baudRate?: number;
}

/** Memory that firmware uses, in bytes. */
export interface MemoryUse {
  readonly flash: number;
  /** Variables and stack, as far as they were written to up to now. */
  readonly ram: number;
}

/** A board on the host's end of its serial line. Its timers are ms of CPU cycles since it first got power. */
export interface EmulatedBoard extends DeviceLink {
  /** Pulls the reset line. RAM and EEPROM keep their contents. */
  readonly reset: () => void;
  /**
   * Lets time pass until `untilMs`, or until `isDone`, which is asked whenever something has happened at the host's end.
   *
   * @throws BenchError `FIRMWARE_UNSUPPORTED` if the firmware needs what the emulator has not.
   */
  run(untilMs: number, isDone?: () => boolean): void;
  /** Clock cycles since it first got power. */
  cycles(): number;
  memoryUse(): MemoryUse;
}

/**
 * Powers a board with the firmware of a hex file; nothing happens before `run`. Two boards of one hex file that are
 * written to at the same cycles do the same at the same cycles.
 *
 * @throws BenchError `FIRMWARE_INVALID`
 */
export function openEmulatedBoard(options: EmulatedBoardOptions): EmulatedBoard {
  const { hex, name = 'The hex file', baudRate = BAUD_RATE } = options;
  const flash = readIntelHex(hex, { flashBytes: FLASH_BYTES, name });
  const eeprom = new EEPROMMemoryBackend(EEPROM_BYTES);
  const agenda = new Agenda();
  let listener: (chunk: Uint8Array) => void = () => undefined;
  const line = new SerialLine({
    agenda,
    baudRate,
    onByte: (byte) => listener(Uint8Array.of(byte)),
  });
  const start = (cause: ResetCause, ram: Uint8Array, cycle: number): Atmega328p => {
    const started = new Atmega328p({
      flash: flash.bytes,
      eeprom,
      ram,
      cause,
      cycle,
      onWatchdog: () => agenda.plan(started.cpu.cycles, () => restart('watchdog')),
    });
    line.connect(started);
    return started;
  };
  let chip = start('power', new Uint8Array(RAM_BYTES).fill(UNTOUCHED), 0);
  const restart = (cause: ResetCause): void => {
    chip = start(cause, chip.ram, chip.cpu.cycles);
  };
  const now = (): number => chip.cpu.cycles / CYCLES_PER_MS;
  return {
    timers: {
      now,
      at: (timeMs, action) => agenda.plan(Math.ceil(timeMs * CYCLES_PER_MS), action),
    },
    byteMs: (1_000 * BITS_PER_BYTE) / baudRate,
    write: (bytes) => line.write(bytes, chip.cpu.cycles),
    onData: (newListener) => {
      listener = newListener;
    },
    // Nothing unplugs an emulated board.
    onClose: () => undefined,
    reset: () => restart('line'),
    run: (untilMs, isDone = () => false) => {
      const endCycle = Math.ceil(untilMs * CYCLES_PER_MS);
      while (!isDone()) {
        chip.run(agenda, endCycle);
        if (agenda.nextCycle > endCycle) return;
        agenda.runNext();
      }
    },
    cycles: () => chip.cpu.cycles,
    memoryUse: () => ({ flash: flash.size, ram: RAM_BYTES - longestRun(chip.ram, UNTOUCHED) }),
  };
}

/** Length of the longest stretch of `value`. */
function longestRun(bytes: Uint8Array, value: number): number {
  let longest = 0;
  let length = 0;
  for (const byte of bytes) {
    length = byte === value ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}
