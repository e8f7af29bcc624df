import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteMs, Uart } from '../../../simulator/core/uart.ts';

const START_MS = 1_655_564_444_103;

describe('byteMs', () => {
  it.each([
    [9_600, 960],
    [57_600, 5_760],
    [115_200, 11_520],
  ])('at %d Bd lets %d bytes pass in a second', (baudRate, bytesPerSecond) => {
    expect(1000 / byteMs(baudRate)).toBeCloseTo(bytesPerSecond, 9);
  });
});

describe('Uart', () => {
  it('sends 960 bytes in one second at 9,600 Bd, one line after the other', () => {
    const uart = new Uart(9_600, 1_000);
    const arrivals = Array.from({ length: 24 }, () => uart.transmit(40, START_MS));
    expect(arrivals[0]).toBeCloseTo(START_MS + 1000 / 24, 3);
    expect(arrivals[11]).toBeCloseTo(START_MS + 500, 2);
    expect(arrivals[23]).toBeCloseTo(START_MS + 1000, 2);
  });

  it('starts at once when the line is free again', () => {
    const uart = new Uart(9_600, 256);
    uart.transmit(96, START_MS);
    expect(uart.transmit(96, START_MS + 100)).toBeCloseTo(START_MS + 200, 3);
    expect(uart.transmit(96, START_MS + 5_000)).toBeCloseTo(START_MS + 5_100, 3);
  });

  it.each([
    ['exactly the buffer', 256, 0, true],
    ['one byte more than the buffer', 257, 0, false],
    ['what has become free again', 96, 100, true],
    ['one byte more than has become free', 97, 100, false],
  ])('takes %s: %d bytes %d ms after the buffer was filled', (_name, bytes, waitMs, taken) => {
    const uart = new Uart(9_600, 256);
    if (waitMs > 0) uart.transmit(256, 0);
    expect(uart.transmit(bytes, waitMs) !== undefined).toBe(taken);
  });

  it('is not delayed by what it refused', () => {
    const uart = new Uart(9_600, 100);
    expect(uart.transmit(101, 0)).toBeUndefined();
    expect(uart.transmit(96, 0)).toBeCloseTo(100, 9);
  });

  it('never sends faster than its baud rate, nor out of order', () => {
    const writes = fc.array(fc.tuple(fc.integer({ min: 1, max: 82 }), fc.nat(200)), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(writes, fc.constantFrom(9_600, 115_200), (all, baudRate) => {
        const uart = new Uart(baudRate, 256);
        let nowMs = 0;
        let lastMs = 0;
        for (const [bytes, pauseMs] of all) {
          nowMs += pauseMs;
          const arrivesMs = uart.transmit(bytes, nowMs);
          const hasRoom = Math.max(0, lastMs - nowMs) / byteMs(baudRate) + bytes <= 256;
          expect(arrivesMs !== undefined).toBe(hasRoom);
          if (arrivesMs === undefined) continue;
          expect(arrivesMs).toBeCloseTo(Math.max(nowMs, lastMs) + bytes * byteMs(baudRate), 6);
          lastMs = arrivesMs;
        }
      }),
    );
  });
});
