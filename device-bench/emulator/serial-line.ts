/** The serial line between a host and the USART of a chip, 8N1: each byte takes its time, at the baud rate of its sender. */
import { usart0Config } from 'avr8js';
import type { Agenda } from './agenda.ts';
import { CLOCK_HZ } from './atmega328p.ts';
import type { Atmega328p } from './atmega328p.ts';

const BITS_PER_BYTE = 10;
const DATA_BITS = 8;
const RECEIVED_FLAG = 0x80;
const OVERRUN_FLAG = 0x08;
/** Bytes that the receiver holds behind the one that can be read: one in its FIFO, one in its shift register. */
const FIFO_BYTES = 2;

/**
 * What a receiver makes of a byte, when its sender's baud rate is `ratio` times its own: it looks at the line in the
 * middle of each of its own bits. From 0.95 to 1.05 the byte is right.
 */
export function sampleByte(byte: number, ratio: number): number {
  let seen = 0;
  for (let bit = 0; bit < DATA_BITS; bit++) {
    const sent = Math.floor((bit + 1.5) * ratio) - 1;
    // In front of the data is the start bit, 0; behind them stop bit and idle line, 1.
    const level = sent < 0 ? 0 : sent >= DATA_BITS ? 1 : (byte >> sent) & 1;
    seen |= level << bit;
  }
  return seen;
}

/** How a line is put up. */
export interface SerialLineOptions {
  readonly agenda: Agenda;
  readonly baudRate: number;
  /** Called with each byte at the moment at which its last bit has arrived at the host. */
  readonly onByte: (byte: number) => void;
}

/** One line, for the life of a board: chips come and go with resets. */
export class SerialLine {
  readonly #options: SerialLineOptions;
  #chip: Atmega328p | undefined;
  #fifo: number[] = [];
  /** When the line to the chip is free again, in cycles with fractions. */
  #freeAt = 0;

  constructor(options: SerialLineOptions) {
    this.#options = options;
  }

  /** Connects the line to a chip that has just been started. */
  connect(chip: Atmega328p): void {
    const { cpu, usart } = chip;
    this.#chip = chip;
    this.#fifo = [];
    usart.onByteTransmit = (byte) => this.#leave(chip, byte);
    // The chip asks for bytes as long as there is room for one; avr8js asks once, and waits for ever if none is given.
    usart['UDRE'].constant = true;
    const read = cpu.readHooks[usart0Config.UDR];
    cpu.readHooks[usart0Config.UDR] = (address) => {
      const byte = read?.(address) ?? 0;
      cpu.data[usart0Config.UCSRA] = (cpu.data[usart0Config.UCSRA] as number) & ~OVERRUN_FLAG;
      const next = this.#fifo.shift();
      if (next !== undefined) usart.writeByte(next, true);
      return byte;
    };
  }

  /** Puts bytes of the host on the line, behind those that are on it. */
  write(bytes: string, nowCycle: number): void {
    this.#freeAt = Math.max(this.#freeAt, nowCycle);
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes.charCodeAt(index) & 0xff;
      this.#freeAt += (BITS_PER_BYTE * CLOCK_HZ) / this.#options.baudRate;
      this.#options.agenda.plan(Math.ceil(this.#freeAt), () => this.#arrive(byte));
    }
  }

  #arrive(byte: number): void {
    const { usart, cpu } = this.#chip as Atmega328p;
    if (!usart.rxEnable) return;
    const seen = sampleByte(byte, this.#options.baudRate / usart.baudRate);
    const status = cpu.data[usart0Config.UCSRA] as number;
    if ((status & RECEIVED_FLAG) === 0) usart.writeByte(seen, true);
    else if (this.#fifo.length < FIFO_BYTES) this.#fifo.push(seen);
    else cpu.data[usart0Config.UCSRA] = status | OVERRUN_FLAG;
  }

  #leave(chip: Atmega328p, byte: number): void {
    const { cpu, usart } = chip;
    if (!usart.txEnable) return;
    const seen = sampleByte(byte, usart.baudRate / this.#options.baudRate);
    const cycles = Math.round((BITS_PER_BYTE * CLOCK_HZ) / usart.baudRate);
    this.#options.agenda.plan(cpu.cycles + cycles, () => {
      // A reset takes away the byte that is being sent.
      if (chip === this.#chip) this.#options.onByte(seen);
    });
  }
}
