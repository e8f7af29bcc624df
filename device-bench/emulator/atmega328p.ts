/** An ATmega328P: the CPU and peripherals of avr8js, and sleep, which avr8js leaves out. */
import {
  adcConfig,
  AVRADC,
  AVRClock,
  AVREEPROM,
  avrInstruction,
  AVRIOPort,
  AVRSPI,
  AVRTimer,
  AVRTWI,
  AVRUSART,
  AVRWatchdog,
  CPU,
  portBConfig,
  portCConfig,
  portDConfig,
  spiConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  twiConfig,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import type { EEPROMBackend } from 'avr8js';
import { BenchError } from '../bench-error.ts';

/** Clock cycles per second. */
export const CLOCK_HZ = 16_000_000;
/** Size of the flash in bytes. */
export const FLASH_BYTES = 32_768;
/** Size of the EEPROM in bytes. */
export const EEPROM_BYTES = 1_024;
/** Size of the RAM in bytes. */
export const RAM_BYTES = 2_048;

const RAM_START = 0x100;
const MCUSR = 0x54;
const SMCR = 0x53;
const SLEEP_ENABLED = 0b0001;
const SLEEP_MODE = 0b1110;
const SLEEP_OPCODE = 0x9588;

/** Why a chip starts: the bits of its register MCUSR. */
export const RESET_CAUSES = { power: 0b0001, line: 0b0010, watchdog: 0b1000 } as const;
/** One of {@link RESET_CAUSES}. */
export type ResetCause = keyof typeof RESET_CAUSES;

/** What a chip is put together from. */
export interface ChipParts {
  readonly flash: Uint8Array;
  readonly eeprom: EEPROMBackend;
  /** RAM keeps its contents over a reset; {@link RAM_BYTES} of them. */
  readonly ram: Uint8Array;
  readonly cause: ResetCause;
  /** The clock cycle of the start: the count goes on over a reset. */
  readonly cycle: number;
  /** Called when the watchdog bites; it is then for the caller to start a new chip. */
  readonly onWatchdog: () => void;
}

/** A chip from its start to the next reset. */
export class Atmega328p {
  readonly cpu: CPU;
  readonly usart: AVRUSART;
  #isAsleep = false;

  constructor(parts: ChipParts) {
    const cpu = new CPU(new Uint16Array(parts.flash.slice().buffer), RAM_BYTES);
    cpu.cycles = parts.cycle;
    cpu.data.set(parts.ram, RAM_START);
    cpu.data[MCUSR] = RESET_CAUSES[parts.cause];
    for (const config of [portBConfig, portCConfig, portDConfig]) new AVRIOPort(cpu, config);
    for (const config of [timer0Config, timer1Config, timer2Config]) new AVRTimer(cpu, config);
    new AVRADC(cpu, adcConfig);
    new AVREEPROM(cpu, parts.eeprom);
    new AVRSPI(cpu, spiConfig, CLOCK_HZ);
    new AVRTWI(cpu, twiConfig, CLOCK_HZ);
    new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, CLOCK_HZ));
    this.usart = new AVRUSART(cpu, usart0Config, CLOCK_HZ);
    this.cpu = cpu;
    // The watchdog of avr8js resets the CPU and leaves the peripherals as they were.
    cpu.reset = parts.onWatchdog;
  }

  /** The RAM as it is now. */
  get ram(): Uint8Array {
    return this.cpu.data.subarray(RAM_START);
  }

  /**
   * Runs until the clock has reached `endCycle`, or the changing `nextCycle` of `agenda`.
   *
   * @throws BenchError `FIRMWARE_UNSUPPORTED` if the firmware falls into a sleep other than idle.
   */
  run(agenda: { readonly nextCycle: number }, endCycle: number): void {
    const { cpu } = this;
    while (cpu.cycles < endCycle && cpu.cycles < agenda.nextCycle) {
      if (this.#isAsleep) {
        this.#sleep(Math.min(endCycle, agenda.nextCycle));
      } else {
        const isSleep = cpu.progMem[cpu.pc] === SLEEP_OPCODE;
        avrInstruction(cpu);
        if (isSleep) this.#isAsleep = this.#fallsAsleep();
        else cpu.tick();
      }
    }
  }

  #fallsAsleep(): boolean {
    const control = this.cpu.data[SMCR] as number;
    if ((control & SLEEP_ENABLED) === 0) return false;
    if ((control & SLEEP_MODE) === 0) return true;
    throw new BenchError(
      'FIRMWARE_UNSUPPORTED',
      `The firmware falls into sleep mode ${(control & SLEEP_MODE) >> 1}. The emulator knows the mode idle only, in which clocks and the serial port go on: use SLEEP_MODE_IDLE for this test.`,
    );
  }

  /** Jumps to the next thing that happens in the chip, `endCycle` at most; an interrupt ends the sleep. */
  #sleep(endCycle: number): void {
    const { cpu } = this;
    const { pc } = cpu;
    cpu.tick();
    if (cpu.pc !== pc) {
      this.#isAsleep = false;
      return;
    }
    const next = cpu['nextClockEvent']?.cycles ?? Infinity;
    cpu.cycles = Math.max(cpu.cycles, Math.min(next, endCycle));
  }
}
