import { EEPROMMemoryBackend } from 'avr8js';
import { expect, test } from 'vitest';
import {
  Atmega328p,
  CLOCK_HZ,
  EEPROM_BYTES,
  FLASH_BYTES,
  RAM_BYTES,
} from '../../../device-bench/emulator/atmega328p.ts';
import { readIntelHex } from '../../../device-bench/emulator/intel-hex.ts';
import { assembleHex } from './hex-file.ts';

/** 100 ms. */
const CYCLES = CLOCK_HZ / 10;

/** Runs a program for that long; gives how often the chip looked at the agenda, once for each thing it did. */
function countTurns(program: string): { readonly turns: number; readonly cycles: number } {
  const flash = readIntelHex(assembleHex(program), { flashBytes: FLASH_BYTES, name: 'program' });
  const chip = new Atmega328p({
    flash: flash.bytes,
    eeprom: new EEPROMMemoryBackend(EEPROM_BYTES),
    ram: new Uint8Array(RAM_BYTES),
    cause: 'power',
    cycle: 0,
    onWatchdog: () => undefined,
  });
  let turns = 0;
  const agenda = {
    get nextCycle(): number {
      turns++;
      return Number.POSITIVE_INFINITY;
    },
  };
  chip.run(agenda, CYCLES);
  return { turns, cycles: chip.cpu.cycles };
}

/** Sleeps with a control byte of SMCR; timer 0 counts at a 64th of the clock if it is started, and wakes it when it is full. */
const nap = (control: number, timer = ''): string => `
  jmp start
  _loc 0x40
  reti
start:
  ${timer}
  ldi r16, ${control}
  out 0x33, r16
  sei
nap:
  sleep
  rjmp nap
`;
const TIMER = `
  ldi r16, 3
  out 0x25, r16
  ldi r16, 1
  sts 0x6E, r16
`;

test('the clock of a chip that sleeps jumps to the next thing that happens', () => {
  const { turns, cycles } = countTurns(nap(1));
  expect(cycles).toBe(CYCLES);
  expect(turns).toBeLessThan(16);
});

test('a chip whose timer runs while it sleeps does something once in a count, and wakes up in between', () => {
  const { turns, cycles } = countTurns(nap(1, TIMER));
  expect(cycles).toBeGreaterThanOrEqual(CYCLES);
  const counts = CYCLES / 64;
  expect(turns).toBeGreaterThan(counts);
  expect(turns).toBeLessThan(3 * counts);
});

test('a chip that may not sleep executes instructions all the time', () => {
  expect(countTurns(nap(0)).turns).toBeGreaterThan(CYCLES / 8);
});
