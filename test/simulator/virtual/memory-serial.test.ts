import { describe, expect, it } from 'vitest';
import type { DevicePort } from '../../../simulator/fleet/links.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemorySerial } from '../../../simulator/virtual/memory-serial.ts';
import type { HostChannel } from '../../../simulator/virtual/memory-serial.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const LINE = '$R,7F3A,0,421,181,0*0D16\r\n';
const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));

interface Cable {
  readonly time: VirtualTime;
  readonly device: DevicePort;
  readonly host: HostChannel;
  readonly chunks: string[];
  readonly toDevice: string[];
  readonly closings: number[];
}

function plug(baudRate = 9_600, station = 3): Cable {
  const time = new VirtualTime(0);
  const channels: HostChannel[] = [];
  const cables = new MemorySerial({
    timers: time,
    streams: seededStreams(1),
    baudRate,
    onPlugged: (channel) => channels.push(channel),
  });
  const device = cables.plug(station);
  const [host] = channels as [HostChannel];
  const chunks: string[] = [];
  const toDevice: string[] = [];
  const closings: number[] = [];
  host.onData((chunk) => chunks.push(Buffer.from(chunk).toString('latin1')));
  host.onClose(() => closings.push(time.now()));
  device.onReceive((bytes) => toDevice.push(bytes));
  return { time, device, host, chunks, toDevice, closings };
}

const FOREVER = 1e9;
const runAll = (time: VirtualTime): boolean => time.run(FOREVER, 100_000);

describe('MemorySerial', () => {
  it('shows each cable to the host, under the name of its station', () => {
    expect(plug(9_600, 0).host.path).toBe('memory:ttySTEDI0');
    expect(plug(9_600, 12).host.path).toBe('memory:ttySTEDI12');
  });

  it.each([9_600, 115_200])(
    'carries bytes at %d Bd: lines arrive when all of their bytes have passed',
    (baudRate) => {
      const { time, device, chunks } = plug(baudRate);
      for (let count = 0; count < 5; count++) expect(device.send(LINE)).toBe(true);
      const passMs = (5 * LINE.length * 10_000) / baudRate;
      time.run(passMs - 0.01, 100);
      expect(chunks.join('')).toBe(LINE.repeat(4));
      time.run(passMs + 0.01, 100);
      expect(chunks.join('')).toBe(LINE.repeat(5));
    },
  );

  it('carries every byte value both ways', () => {
    const { time, device, host, chunks, toDevice } = plug();
    expect(device.send(EVERY_BYTE)).toBe(true);
    host.write(EVERY_BYTE);
    runAll(time);
    expect(chunks.join('')).toBe(EVERY_BYTE);
    expect(toDevice.join('')).toBe(EVERY_BYTE);
  });

  it('lets chunk borders fall everywhere in a line, and never sends an empty chunk', () => {
    const { time, device, chunks } = plug();
    const borders = new Set<number>();
    for (let count = 0; count < 1_000; count++) {
      chunks.length = 0;
      device.send(LINE);
      runAll(time);
      expect(chunks.join('')).toBe(LINE);
      expect(chunks).not.toContain('');
      borders.add(chunks.length === 1 ? 0 : (chunks[0] as string).length);
    }
    const everywhere = Array.from({ length: LINE.length }, (_, border) => border);
    expect([...borders].toSorted((left, right) => left - right)).toEqual(everywhere);
  });

  it('refuses what its transmit buffer of 256 bytes has no room for, and goes on', () => {
    const { time, device, chunks } = plug();
    const lost: string[] = [];
    const taken = Array.from({ length: 12 }, (_, index) =>
      device.send(LINE, (arrived) => arrived || lost.push(`line ${index}`)),
    );
    // Nine lines of 26 bytes fit.
    expect(taken).toEqual(taken.map((_, index) => index < 9));
    runAll(time);
    expect(device.send(LINE)).toBe(true);
    runAll(time);
    expect(chunks.join('')).toBe(LINE.repeat(10));
    // The caller knows what was refused: it is not told twice.
    expect(lost).toEqual([]);
  });

  it('loses what is under way when the cable is pulled, and says of each line once what became of it', () => {
    const { time, device, chunks, closings } = plug();
    const [through, lost]: [string[], string[]] = [[], []];
    for (let index = 0; index < 6; index++) {
      device.send(LINE, (arrived) => (arrived ? through : lost).push(`line ${index}`));
    }
    const lineMs = (LINE.length * 10_000) / 9_600;
    time.at(2.5 * lineMs, () => device.close());
    runAll(time);
    expect(chunks.join('')).toBe(LINE.repeat(2));
    expect(through).toEqual(['line 0', 'line 1']);
    expect(lost).toEqual(['line 2', 'line 3', 'line 4', 'line 5']);
    expect(closings).toEqual([2.5 * lineMs]);
  });

  it('does not tell of loss when nobody asks, nor twice that it closed', () => {
    const { time, device, chunks, closings } = plug();
    device.send(LINE);
    device.close();
    device.close();
    runAll(time);
    expect(chunks).toEqual([]);
    expect(closings).toEqual([0]);
  });

  it('reports what is sent into a pulled cable as lost', () => {
    const { time, device, host, chunks, toDevice } = plug();
    const lost: string[] = [];
    device.close();
    expect(device.send(LINE, (arrived) => lost.push(arrived ? 'late but there' : 'late'))).toBe(
      true,
    );
    host.write('PING\n');
    runAll(time);
    expect([chunks, toDevice, lost]).toEqual([[], [], ['late']]);
  });

  it('keeps the two directions and the cables apart', () => {
    const time = new VirtualTime(0);
    const seen: string[] = [];
    const cables = new MemorySerial({
      timers: time,
      streams: seededStreams(1),
      baudRate: 9_600,
      onPlugged: (channel) =>
        channel.onData((chunk) => seen.push(`${channel.path} ${chunk.length}`)),
    });
    const [first, second] = [cables.plug(0), cables.plug(1)];
    first.send('a');
    second.send('bb');
    first.close();
    runAll(time);
    expect(seen.every((line) => line.startsWith('memory:ttySTEDI1 '))).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
  });

  it('loses what arrives while nobody has the port open, and shows its cables to whoever comes next', () => {
    const time = new VirtualTime(0);
    const shown: string[] = [];
    const heard: string[] = [];
    const cables = new MemorySerial({
      timers: time,
      streams: seededStreams(1),
      baudRate: 9_600,
      onPlugged: (channel) => {
        shown.push(channel.path);
        channel.onData((chunk) => heard.push(Buffer.from(chunk).toString('latin1')));
      },
    });
    const first = cables.plug(0);
    cables.loseHost();
    const second = cables.plug(1);
    const arrivals: boolean[] = [];
    for (const device of [first, second]) device.send(LINE, (arrived) => arrivals.push(arrived));
    runAll(time);
    expect([shown, heard, arrivals]).toEqual([['memory:ttySTEDI0'], [], [false, false]]);
    cables.regainHost();
    second.send(LINE, (arrived) => arrivals.push(arrived));
    runAll(time);
    expect(shown.slice(1)).toEqual(['memory:ttySTEDI0', 'memory:ttySTEDI1']);
    expect([heard.join(''), arrivals.at(-1)]).toEqual([LINE, true]);
  });
});
