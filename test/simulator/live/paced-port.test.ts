import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SerialPort } from 'serialport';
import { pacePort } from '../../../simulator/live/paced-port.ts';
import type { PacedPort } from '../../../simulator/live/paced-port.ts';
import { openVirtualPort } from '../../../simulator/live/pty.ts';
import type { VirtualPort } from '../../../simulator/live/pty.ts';
import { WallTime } from '../../../simulator/live/wall-time.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const LINE = '$R,7F3A,0,421,181,0*0D16\r\n';

/** A terminal that takes as much as `roomBytes` says, and notes when. */
class FakeTerminal implements VirtualPort {
  readonly path = '/dev/pts/0';
  readonly link = undefined;
  readonly written: { readonly atMs: number; readonly bytes: string }[] = [];
  readonly #time: VirtualTime;
  roomBytes = Number.POSITIVE_INFINITY;
  isOpen = true;
  isPaused = false;
  hostSends: (chunk: Uint8Array) => void = () => undefined;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get text(): string {
    return this.written.map(({ bytes }) => bytes).join('');
  }

  write(bytes: string): number {
    const taken = bytes.slice(0, this.roomBytes);
    this.roomBytes -= taken.length;
    if (taken !== '') this.written.push({ atMs: this.#time.now(), bytes: taken });
    return taken.length;
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.hostSends = listener;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  close(): void {
    this.isOpen = false;
  }
}

function pace(baudRate: number): { time: VirtualTime; terminal: FakeTerminal; port: PacedPort } {
  const time = new VirtualTime(0);
  const terminal = new FakeTerminal(time);
  return { time, terminal, port: pacePort(terminal, { timers: time, baudRate }) };
}

describe('a paced port in virtual time', () => {
  it.each([9_600, 57_600, 115_200])('sends at %d Bd to the byte', (baudRate) => {
    const { time, terminal, port } = pace(baudRate);
    for (let count = 0; count < 9; count++) expect(port.send(LINE)).toBe(true);
    const passMs = (9 * LINE.length * 10_000) / baudRate;
    for (const share of [0.25, 0.5, 0.75]) {
      time.run(share * passMs, 1_000);
      const due = Math.floor(share * 9 * LINE.length);
      // What a chunk collects in its one ms is still on its way.
      expect(terminal.text.length).toBeLessThanOrEqual(due);
      expect(terminal.text.length).toBeGreaterThanOrEqual(due - 1 - baudRate / 10_000);
    }
    time.run(1e6, 1_000);
    expect(terminal.text).toBe(LINE.repeat(9));
    expect(terminal.written.at(-1)?.atMs).toBeCloseTo(passMs, 6);
    const sizes = terminal.written.map(({ bytes }) => bytes.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(Math.max(1, Math.ceil(baudRate / 10_000)));
  });

  it('receives at the pace of the baud rate, and lets the host wait', () => {
    const { time, terminal, port } = pace(9_600);
    const received: { readonly atMs: number; readonly bytes: string }[] = [];
    port.onReceive((bytes) => received.push({ atMs: time.now(), bytes }));
    terminal.hostSends(Buffer.from('x'.repeat(960), 'latin1'));
    expect(terminal.isPaused).toBe(true);
    time.run(500.01, 10_000);
    expect(received.map(({ bytes }) => bytes).join('')).toHaveLength(480);
    expect(terminal.isPaused).toBe(false);
    time.run(1e6, 10_000);
    expect(received.map(({ bytes }) => bytes).join('')).toBe('x'.repeat(960));
    expect(received.at(-1)?.atMs).toBeCloseTo(1_000, 6);
  });

  it('lets the host wait for a device that is held up, and loses nothing', () => {
    const { time, terminal, port } = pace(115_200);
    let heldUntilMs = 0;
    let received = '';
    port.onReceive(
      (bytes) => {
        received += bytes;
        heldUntilMs = time.now() + 50;
      },
      () => time.now() >= heldUntilMs,
    );
    const sent = Array.from({ length: 200 }, (_, index) => `@${index} PING\n`).join('');
    terminal.hostSends(Buffer.from(sent, 'latin1'));
    // On the line it takes 162 ms; the device takes 64 bytes every 50 ms.
    time.run(510, 10_000);
    expect(received.length).toBeLessThanOrEqual(11 * 64);
    expect(terminal.isPaused).toBe(true);
    time.run(5_000, 10_000);
    expect(received).toBe(sent);
    expect(terminal.isPaused).toBe(false);
  });

  it('refuses what its 256 bytes have no room for, as a whole, and tells how much room there is', () => {
    const { time, terminal, port } = pace(9_600);
    const taken = Array.from({ length: 12 }, () => port.send(LINE));
    expect(taken).toEqual(taken.map((_, index) => index < 9));
    expect(port.freeBytes).toBe(256 - 9 * LINE.length);
    time.run(1e6, 1_000);
    expect(port.freeBytes).toBe(256);
    expect(terminal.text).toBe(LINE.repeat(9));
  });

  it('is held up by a host that does not read, and loses no byte of what it took', () => {
    const { time, terminal, port } = pace(57_600);
    terminal.roomBytes = 40;
    for (let count = 0; count < 9; count++) port.send(LINE);
    time.run(1_000, 10_000);
    expect(terminal.text).toHaveLength(40);
    expect(port.send(LINE)).toBe(true);
    expect(port.send(LINE.repeat(2))).toBe(false);
    terminal.roomBytes = Number.POSITIVE_INFINITY;
    time.run(2_000, 10_000);
    expect(terminal.text).toBe(LINE.repeat(10));
  });

  it('tells of each line once whether it was through or a pulled cable cut it off', () => {
    const { time, terminal, port } = pace(9_600);
    const [through, lost]: [number[], number[]] = [[], []];
    for (let index = 0; index < 5; index++) {
      port.send(LINE, (arrived) => (arrived ? through : lost).push(index));
    }
    time.run((2.5 * LINE.length * 10_000) / 9_600, 1_000);
    port.close();
    port.close();
    expect(terminal.isOpen).toBe(false);
    expect([through, lost]).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    const { length } = terminal.text;
    time.run(1e6, 1_000);
    expect(terminal.text).toHaveLength(length);
    expect(port.send(LINE)).toBe(false);
  });

  it('ends in the middle of a line when the power goes, and goes on with the next boot', () => {
    const { time, terminal, port } = pace(9_600);
    const lost: number[] = [];
    for (let index = 0; index < 3; index++)
      port.send(LINE, (arrived) => arrived || lost.push(index));
    time.run((1.5 * LINE.length * 10_000) / 9_600, 1_000);
    port.cut();
    expect(terminal.text).toBe(LINE + LINE.slice(0, LINE.length / 2));
    expect(lost).toEqual([1, 2]);
    expect(port.freeBytes).toBe(256);
    port.send('!BOOT\r\n', (arrived) => arrived || lost.push(3));
    time.run(1e6, 1_000);
    expect(terminal.text).toBe(`${LINE}${LINE.slice(0, LINE.length / 2)}!BOOT\r\n`);
    port.close();
    expect(lost).toEqual([1, 2]);
  });
});

describe.skipIf(!existsSync('/dev/ptmx'))('a paced port on a real terminal', () => {
  /** Both ends of a cable: the device's, and the host's as `serialport` opens it. */
  async function plug(baudRate: number): Promise<{ device: PacedPort; host: SerialPort }> {
    const timers = new WallTime(0, 1);
    const port = openVirtualPort();
    const device = pacePort(port, { timers, baudRate });
    const host = new SerialPort({ path: port.path, baudRate, autoOpen: false });
    host.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      host.open((error) => (error === null ? resolve() : reject(error)));
    });
    onTestFinished(async () => {
      await new Promise<void>((resolve) => host.close(() => resolve()));
      device.close();
      timers.stop();
    });
    return { device, host };
  }

  it('sends no faster than its baud rate, however hard it is driven, and tears nothing', async () => {
    const { device, host } = await plug(57_600);
    const bytes = 80 * LINE.length;
    const startMs = performance.now();
    let text = '';
    let sent = 0;
    await new Promise<void>((resolve) => {
      const fill = (): void => {
        while (sent < 80 && device.send(LINE)) sent++;
      };
      host.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        fill();
        if (text.length >= bytes) resolve();
      });
      fill();
    });
    expect(performance.now() - startMs).toBeGreaterThanOrEqual((bytes * 10_000) / 57_600);
    expect(text).toBe(LINE.repeat(80));
  });

  it('receives 10 kB that a host writes at once at the pace of the line', async () => {
    const { device, host } = await plug(115_200);
    const sent = 'PING\n'.repeat(2_000);
    let received = '';
    const startMs = performance.now();
    const all = new Promise<void>((resolve) =>
      device.onReceive((bytes) => {
        received += bytes;
        if (received.length >= sent.length) resolve();
      }),
    );
    host.write(sent);
    await all;
    expect(performance.now() - startMs).toBeGreaterThanOrEqual((sent.length * 10_000) / 115_200);
    expect(received).toBe(sent);
  });
});
