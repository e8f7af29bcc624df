import { describe, expect, it } from 'vitest';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualBoardLine } from '../../../simulator/virtual/virtual-board-line.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const FOREVER = 1e9;
const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 100 }, (_, index) => index * 2.55));

interface Laid {
  readonly time: VirtualTime;
  readonly line: VirtualBoardLine;
  readonly toHost: [number, string][];
  readonly toDevice: [number, string][];
}

function lay(baudRate = 9_600, latencyMsMax = 0): Laid {
  const time = new VirtualTime(0);
  const random = seededStreams(1)('line');
  const line = new VirtualBoardLine({ timers: time, random, baudRate, latencyMsMax });
  const toHost: [number, string][] = [];
  const toDevice: [number, string][] = [];
  line.onData((chunk) => toHost.push([time.now(), Buffer.from(chunk).toString('latin1')]));
  line.onReceived((bytes) => toDevice.push([time.now(), bytes]));
  return { time, line, toHost, toDevice };
}

const textOf = (chunks: readonly [number, string][]): string =>
  chunks.map(([, bytes]) => bytes).join('');

describe('VirtualBoardLine', () => {
  it.each([9_600, 115_200])('lets each chunk arrive with its last byte at %d Bd', (baudRate) => {
    const { time, line, toHost } = lay(baudRate);
    for (let count = 0; count < 4; count++) expect(line.send('0123456789', false)).toBe(true);
    time.run(FOREVER, 1_000);
    let bytes = 0;
    for (const [atMs, chunk] of toHost) {
      bytes += chunk.length;
      expect(atMs).toBeCloseTo((bytes * 10_000) / baudRate, 6);
    }
    expect(textOf(toHost)).toBe('0123456789'.repeat(4));
    expect(toHost.length).toBeGreaterThan(4);
    expect(line.byteMs).toBeCloseTo(10_000 / baudRate, 9);
  });

  it('carries any byte both ways', () => {
    const { time, line, toHost, toDevice } = lay();
    expect(line.send(EVERY_BYTE, true)).toBe(true);
    line.write(EVERY_BYTE);
    time.run(FOREVER, 1_000);
    expect(textOf(toHost)).toBe(EVERY_BYTE);
    expect(textOf(toDevice)).toBe(EVERY_BYTE);
  });

  it('gives the board each line when its line feed arrives, and long ones in pieces', () => {
    const { time, line, toDevice } = lay(10_000);
    line.write(`A\nBC\n\n${'x'.repeat(100)}`);
    time.run(FOREVER, 1_000);
    expect(toDevice).toEqual([
      [2, 'A\n'],
      [5, 'BC\n'],
      [6, '\n'],
      [70, 'x'.repeat(64)],
      [106, 'x'.repeat(36)],
    ]);
  });

  it('refuses what finds no room as a whole; what a host waits for has more', () => {
    const { time, line, toHost } = lay();
    const reading = 'r'.repeat(30);
    const taken = Array.from({ length: 6 }, () => line.send(reading, false));
    expect(taken).toEqual([true, true, true, true, false, false]);
    expect(line.send('answer', true)).toBe(true);
    expect(line.send('a'.repeat(1_000), true)).toBe(false);
    time.run(FOREVER, 1_000);
    expect(textOf(toHost)).toBe(`${reading.repeat(4)}answer`);
    expect(line.send(reading, false)).toBe(true);
  });

  it('loses what it has not sent at a reset, and begins anew', () => {
    const { time, line, toHost } = lay(10_000);
    for (let count = 0; count < 4; count++) line.send('0123456789', false);
    time.at(25.5, () => {
      line.cut();
      line.send('BOOT', true);
    });
    time.run(FOREVER, 1_000);
    expect(textOf(toHost)).toMatch(/^(0123456789){2}[0-5]{0,6}BOOT$/);
    expect(toHost.at(-1)?.[0]).toBeCloseTo(29.5, 6);
  });

  it('holds bytes back up to the latency, both ways, without overtaking', () => {
    const { time, line, toHost, toDevice } = lay(115_200, 16);
    const sent = Array.from({ length: 50 }, (_, index) => `line ${index}\n`);
    for (const [index, bytes] of sent.entries()) {
      time.at(index * 5, () => {
        line.send(bytes, true);
        line.write(bytes);
      });
    }
    time.run(FOREVER, 1_000);
    expect(textOf(toHost)).toBe(sent.join(''));
    expect(textOf(toDevice)).toBe(sent.join(''));
    const delays = toDevice.map(([atMs], index) => atMs - index * 5);
    expect(Math.max(...delays)).toBeGreaterThan(10);
    expect(Math.max(...delays)).toBeLessThan(16 + 2);
  });

  it('is silent after the cable was pulled, and says so once', () => {
    const { time, line, toHost, toDevice } = lay();
    const closings: number[] = [];
    line.onClose(() => closings.push(time.now()));
    line.send('late', true);
    line.write('late\n');
    line.close();
    line.close();
    time.run(FOREVER, 1_000);
    expect([toHost, toDevice, closings]).toEqual([[], [], [0]]);
  });
});
