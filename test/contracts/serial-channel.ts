/**
 * What every serial channel must do, whatever carries the bytes. Run it against one bench per carrier: an in-memory
 * pair, a pseudo-terminal, real hardware.
 */
import { describe, expect, it } from 'vitest';

import { SerialLines } from '../../bridge/adapters/serial-lines.ts';
import type { CloseReason, SerialChannel } from '../../bridge/adapters/serial-port.ts';

/** The device's end of a plugged-in cable. */
export interface FarEnd {
  readonly path: string;
  /** Sends bytes to the host, one per character. */
  write(bytes: string): void;
  /** Calls `listener` with what the host sends. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** Pulls the cable. */
  unplug(): void;
}

/** Something to plug devices into and to open their ports on. */
export interface SerialBench {
  readonly missingPath: string;
  /** Whether the far end is a thing of its own: a wired-back port goes deaf when the host closes it, and cannot be unplugged. */
  readonly hasFarEnd: boolean;
  plugIn(): FarEnd;
  open(path: string): Promise<SerialChannel>;
}

/** Collects bytes, and lets a test wait for a number of them. */
class Received {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #wanted = 0;
  #onWanted: () => void = () => undefined;

  readonly take = (chunk: Uint8Array): void => {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length >= this.#wanted) this.#onWanted();
  };

  get text(): string {
    return Buffer.concat(this.#chunks).toString('latin1');
  }

  async atLeast(bytes: number): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#wanted = bytes;
      this.#onWanted = resolve;
      if (this.#length >= bytes) resolve();
    });
    return this.text;
  }
}

const LINES = ['!BOOT,7F3A,PWR*ABB7', '$R,7F3A,0,421,181,0*0D16', '=OK,9,START,50*D2DD'];
const STREAM = LINES.map((line) => `${line}\r\n`).join('');
const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
const BURST = Array.from({ length: 500 }, (_, n) => `burst line ${String(n).padStart(7, '0')}\n`)
  .join('')
  .slice(0, 10_000);

/** Registers the suite for one bench. */
export function describeSerialChannel(name: string, bench: SerialBench): void {
  describe(`a serial channel over ${name}`, () => {
    describeBytes(bench);
    describeOpening(bench);
    describeEnding(bench);
    describe.skipIf(!bench.hasFarEnd)('with a far end of its own', () => {
      describeFarEnd(bench);
    });
  });
}

interface Session {
  readonly device: FarEnd;
  readonly channel: SerialChannel;
  /** What arrives at the host. */
  readonly received: Received;
}

async function connect(bench: SerialBench, device: FarEnd = bench.plugIn()): Promise<Session> {
  const channel = await bench.open(device.path);
  const received = new Received();
  channel.onData(received.take);
  return { device, channel, received };
}

async function putAway({ device, channel }: Session): Promise<void> {
  await channel.close();
  device.unplug();
}

function ended(channel: SerialChannel): Promise<CloseReason> {
  return new Promise((resolve) => channel.onClose(resolve));
}

function describeBytes(bench: SerialBench): void {
  it('carries whole lines to the host', async () => {
    const session = await connect(bench);
    session.device.write(STREAM);
    expect(await session.received.atLeast(STREAM.length)).toBe(STREAM);
    await putAway(session);
  });

  it('gives the same lines however the stream is cut into chunks', async () => {
    const session = await connect(bench);
    const lines: string[] = [];
    const splitter = new SerialLines(
      (line) => lines.push(line),
      (bytes) => expect.unreachable(`${bytes} bytes discarded`),
    );
    session.channel.onData((chunk) => splitter.push(chunk));
    const cuts = [0, 1, 7, 20, 21, 22, 23, 45, STREAM.length];
    cuts.reduce((from, to) => {
      session.device.write(STREAM.slice(from, to));
      return to;
    });
    await session.received.atLeast(STREAM.length);
    expect(lines).toEqual(LINES.map((line) => `${line}\r`));
    await putAway(session);
  });

  it('carries every byte value to the host', async () => {
    const session = await connect(bench);
    session.device.write(EVERY_BYTE);
    expect(await session.received.atLeast(256)).toBe(EVERY_BYTE);
    await putAway(session);
  });

  it('carries every byte value to the device', async () => {
    const session = await connect(bench);
    const received = new Received();
    session.device.onData(received.take);
    session.channel.write(EVERY_BYTE);
    expect(await received.atLeast(256)).toBe(EVERY_BYTE);
    await putAway(session);
  });

  it('carries a burst of 10 kB to the host', async () => {
    const session = await connect(bench);
    session.device.write(BURST);
    expect(await session.received.atLeast(BURST.length)).toBe(BURST);
    await putAway(session);
  });

  it('carries a burst of 10 kB to the device, written in 100 pieces', async () => {
    const session = await connect(bench);
    const received = new Received();
    session.device.onData(received.take);
    for (let at = 0; at < BURST.length; at += 100) session.channel.write(BURST.slice(at, at + 100));
    expect(await received.atLeast(BURST.length)).toBe(BURST);
    await putAway(session);
  });
}

function describeOpening(bench: SerialBench): void {
  it('refuses a path where there is no port, and names it', async () => {
    await expect(bench.open(bench.missingPath)).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'SERIAL_PORT_NOT_FOUND',
      message: expect.stringContaining(bench.missingPath) as string,
    });
  });

  it('refuses a port that is open already, and leaves the open channel alone', async () => {
    const session = await connect(bench);
    await expect(bench.open(session.device.path)).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'SERIAL_PORT_BUSY',
      message: expect.stringContaining(session.device.path) as string,
    });
    session.device.write('still here\n');
    expect(await session.received.atLeast(11)).toBe('still here\n');
    await putAway(session);
  });
}

function describeEnding(bench: SerialBench): void {
  it('can be closed and opened again, and carries bytes each time', async () => {
    const device = bench.plugIn();
    for (const round of ['first\n', 'second\n', 'third\n']) {
      const { channel, received } = await connect(bench, device);
      device.write(round);
      expect(await received.atLeast(round.length)).toBe(round);
      await channel.close();
    }
    device.unplug();
  });

  it('ends once, without a disconnect, however often it is closed', async () => {
    const { device, channel } = await connect(bench);
    const reasons: CloseReason[] = [];
    channel.onClose((reason) => reasons.push(reason));
    await Promise.all([channel.close(), channel.close()]);
    await channel.close();
    expect(reasons).toEqual([{ disconnected: false }]);
    expect(await ended(channel)).toEqual({ disconnected: false });
    device.unplug();
  });

  it('takes writes after it has ended, and sends nothing', async () => {
    const first = await connect(bench);
    await first.channel.close();
    first.channel.write('too late\n');
    const again = await connect(bench, first.device);
    const received = new Received();
    again.device.onData(received.take);
    again.channel.write('in time\n');
    expect(await received.atLeast(8)).toBe('in time\n');
    await putAway(again);
  });
}

function describeFarEnd(bench: SerialBench): void {
  it('sends what was written before it closes', async () => {
    const { device, channel } = await connect(bench);
    const received = new Received();
    device.onData(received.take);
    channel.write('STOP\n');
    await channel.close();
    expect(await received.atLeast(5)).toBe('STOP\n');
    device.unplug();
  });

  it('says that it was disconnected, and closing it then is harmless', async () => {
    const { device, channel } = await connect(bench);
    const end = ended(channel);
    device.unplug();
    const { disconnected, error } = await end;
    expect(disconnected).toBe(true);
    expect(error).toMatchObject({ name: 'BridgeError', code: 'SERIAL_PORT_LOST' });
    expect(error?.message).toContain(device.path);
    await channel.close();
    channel.write('to nobody\n');
  });

  // A read that ends with 0 bytes must not be asked again for ever: nobody would hear of the disconnect.
  it.each(Array.from({ length: 20 }, (_, run) => run))(
    'says so with data in flight both ways, run %i',
    async (run) => {
      const { device, channel, received } = await connect(bench);
      const reasons: CloseReason[] = [];
      channel.onClose((reason) => reasons.push(reason));
      const end = ended(channel);
      const pullsWhileReading = run % 3 === 2;
      if (pullsWhileReading) channel.onData(() => device.unplug());
      for (let line = 0; line < 50; line++) device.write(STREAM);
      for (let line = 0; line < run; line++) channel.write('PING\n');
      if (run % 3 === 1) await received.atLeast(1);
      if (!pullsWhileReading) device.unplug();
      expect(await end).toMatchObject({ disconnected: true, error: { code: 'SERIAL_PORT_LOST' } });
      await channel.close();
      expect(reasons).toHaveLength(1);
    },
  );
}
