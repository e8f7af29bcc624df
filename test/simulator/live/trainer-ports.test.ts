import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSerialPort } from '../../../bridge/index.ts';
import type { OpenSerialPort } from '../../../bridge/index.ts';
import { decodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { DecodedDeviceLine, Reading } from '../../../firmware-protocol/index.ts';
import { TrainerPorts } from '../../../simulator/live/trainer-ports.ts';
import type { TrainerPortsOptions } from '../../../simulator/live/trainer-ports.ts';
import { WallTime } from '../../../simulator/live/wall-time.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const START_MS = 1_655_564_400_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-ports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function openPorts(options: Partial<TrainerPortsOptions> = {}): TrainerPorts {
  const timers = new WallTime(START_MS, 1);
  const ports = new TrainerPorts({
    folder: join(temporaryFolder(), 'ports'),
    trainers: 2,
    baudRate: 115_200,
    profile: 'continuous',
    streams: seededStreams(1),
    timers,
    ...options,
  });
  onTestFinished(() => {
    ports.close();
    timers.stop();
  });
  return ports;
}

/** A host that reads lines and waits for the one it wants. */
class Host {
  readonly lines: DecodedDeviceLine[] = [];
  readonly closed: Promise<void>;
  readonly #port: OpenSerialPort;
  #text = '';
  #look: () => void = () => undefined;

  private constructor(port: OpenSerialPort) {
    this.#port = port;
    this.closed = new Promise((resolve) => port.onClose(() => resolve()));
    port.onData((chunk) => {
      const lines = (this.#text + Buffer.from(chunk).toString('latin1')).split('\n');
      this.#text = lines.pop() ?? '';
      this.lines.push(...lines.map((line) => decodeDeviceLine(line)));
      this.#look();
    });
  }

  static async open(path: string): Promise<Host> {
    const port = await openSerialPort({ path, baudRate: 115_200 });
    onTestFinished(() => port.close());
    return new Host(port);
  }

  send(line: string): void {
    this.#port.write(`${line}\n`);
  }

  /** Who answers; a line that was cut off in front of the question is ended first. */
  async identify(): Promise<Extract<DecodedDeviceLine, { kind: 'id' }>> {
    this.send('\n@7 ID?');
    return this.next('id');
  }

  /** The first line of a kind, from those that are there on. */
  async next<Kind extends DecodedDeviceLine['kind']>(
    kind: Kind,
  ): Promise<Extract<DecodedDeviceLine, { kind: Kind }>> {
    for (;;) {
      const index = this.lines.findIndex((line) => line.kind === kind);
      if (index >= 0) {
        const [line] = this.lines.splice(0, index + 1).slice(-1);
        return line as Extract<DecodedDeviceLine, { kind: Kind }>;
      }
      await new Promise<void>((resolve) => (this.#look = resolve));
    }
  }

  async readings(count: number): Promise<Reading[]> {
    const readings: Reading[] = [];
    while (readings.length < count) readings.push(await this.next('reading'));
    return readings;
  }
}

const serialOf = (ports: TrainerPorts, port: number): string | undefined =>
  ports.ports[port]?.serialNumber;

describe.skipIf(!existsSync('/dev/ptmx'))('trainers on ports', () => {
  it('stand at links with their numbers, and are the same under the same seed', () => {
    const folder = join(temporaryFolder(), 'ports');
    const ports = openPorts({ folder, trainers: 3 });
    expect(readdirSync(folder).toSorted()).toEqual([
      '.stedi-simulate',
      'ttySTEDI0',
      'ttySTEDI1',
      'ttySTEDI2',
    ]);
    for (const [number, port] of ports.ports.entries()) {
      expect(port).toMatchObject({
        link: join(folder, `ttySTEDI${number}`),
        model: 'ST-1',
        profile: 'continuous',
      });
      expect(port.path).toBe(readlinkSync(port.link));
    }
    const [one, two] = [ports, openPorts({ trainers: 3 })].map(({ ports: [...all] }) =>
      all.map(({ serialNumber, driftPpm }) => [serialNumber, driftPpm]),
    );
    expect(two).toEqual(one);
    expect(new Set(one?.map(([serialNumber]) => serialNumber)).size).toBe(3);
    ports.close();
    ports.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('identify themselves, say what they can do, and stream what the profile moves', async () => {
    const ports = openPorts();
    const host = await Host.open(ports.ports[0]?.link as string);
    host.send('@1 ID?');
    expect(await host.next('id')).toMatchObject({
      serialNumber: serialOf(ports, 0),
      model: 'ST-1',
    });
    host.send('@2 CAPS?');
    expect(await host.next('caps')).toMatchObject({ options: ['SYNC', 'REBOOT', 'PPM200'] });
    host.send('START 100');
    const readings = await host.readings(50);
    expect(readings.map(({ seq }) => seq)).toEqual(readings.map((_, index) => index));
    expect(new Set(readings.map(({ distance }) => distance)).size).toBeGreaterThan(10);
    host.send('STOP');
    expect(await host.next('stopped')).toMatchObject({ kind: 'stopped' });
  });

  it('with step tests offer steps', async () => {
    const host = await Host.open(openPorts({ profile: 'step-test' }).ports[1]?.link as string);
    host.send('CAPS?');
    expect((await host.next('caps')).options).toContain('STEP');
  });

  it('answer on a line that is full of readings, and drop and flag those for which there is no room', async () => {
    const ports = openPorts({ baudRate: 9_600 });
    const host = await Host.open(ports.ports[0]?.link as string);
    host.send('START 200');
    await host.readings(20);
    host.send('@7 PING');
    expect(await host.next('pong')).toMatchObject({ tag: '7' });
    const readings = await host.readings(20);
    expect(readings.some(({ flags }) => (flags & 4) !== 0)).toBe(true);
    const gaps = readings.slice(1).map(({ seq }, index) => seq - (readings[index]?.seq as number));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    // Each gap is announced by the flag of the reading behind it.
    expect(gaps.map((gap) => gap > 1)).toEqual(
      readings.slice(1).map(({ flags }) => (flags & 4) !== 0),
    );
    expect(host.lines.filter(({ kind }) => kind === 'rejected')).toEqual([]);
  });

  it.each([20, 300])(
    'answer each of %d commands of one write, however many more bytes the answers have',
    async (count) => {
      // The answers are several times as long as the commands, and as the transmit buffer.
      const ports = openPorts({ baudRate: count > 20 ? 115_200 : 9_600 });
      const host = await Host.open(ports.ports[0]?.link as string);
      const tags = Array.from({ length: count }, (_, index) => String(index));
      host.send(tags.map((tag) => `@${tag} SYNC 1655564400000`).join('\n'));
      const answered: string[] = [];
      while (answered.length < count) answered.push((await host.next('synced')).tag);
      expect(answered).toEqual(tags);
    },
    30_000,
  );

  it('vanish with their link when they are unplugged, and come back under it', async () => {
    const ports = openPorts();
    const { link } = ports.ports[0] as { link: string };
    const host = await Host.open(link);
    const { boot } = await host.identify();
    expect([ports.unplug(0), ports.unplug(0)]).toEqual([true, false]);
    await host.closed;
    expect(existsSync(link)).toBe(false);
    expect(ports.ports[0]).toMatchObject({ link, path: undefined });
    expect(ports.reboot(0)).toBe(false);
    expect([ports.plug(0), ports.plug(0)]).toEqual([true, false]);
    const again = await (await Host.open(link)).identify();
    expect(again.serialNumber).toBe(serialOf(ports, 0));
    expect(again.boot).not.toBe(boot);
  });

  it('start anew on the open port when they are rebooted, also in the middle of a line', async () => {
    const ports = openPorts({ baudRate: 9_600 });
    const host = await Host.open(ports.ports[0]?.link as string);
    const { boot } = await host.identify();
    host.send('START 50');
    await host.readings(5);
    expect(ports.reboot(0)).toBe(true);
    const id = await host.identify();
    expect(id.serialNumber).toBe(serialOf(ports, 0));
    expect(id.boot).not.toBe(boot);
  });

  it('change places on open ports', async () => {
    const ports = openPorts();
    const before = [serialOf(ports, 0), serialOf(ports, 1)];
    const hosts = await Promise.all(ports.ports.map(({ link }) => Host.open(link)));
    const ids = await Promise.all(hosts.map((host) => host.identify()));
    expect([ports.swap(0, 1), ports.swap(1, 1)]).toEqual([true, false]);
    for (const [number, host] of hosts.entries()) {
      const boot = await host.next('boot');
      expect(boot.boot).not.toBe(ids[number]?.boot);
      expect(await host.identify()).toMatchObject({
        serialNumber: before[1 - number],
        boot: boot.boot,
      });
    }
    expect([serialOf(ports, 1), serialOf(ports, 0)]).toEqual(before);
  });

  it('can be carried to a port whose cable is unplugged', async () => {
    const ports = openPorts();
    const serial = serialOf(ports, 0);
    ports.unplug(1);
    expect(ports.swap(0, 1)).toBe(true);
    ports.plug(1);
    const host = await Host.open(ports.ports[1]?.link as string);
    expect((await host.identify()).serialNumber).toBe(serial);
  });

  it('leave nothing behind when one of them cannot be had', () => {
    const folder = temporaryFolder();
    symlinkSync(tmpdir(), join(folder, 'ttySTEDI2'));
    expect(() => openPorts({ folder, trainers: 4 })).toThrow(
      expect.objectContaining({ code: 'LINK_EXISTS' }) as Error,
    );
    expect(readdirSync(folder)).toEqual(['ttySTEDI2']);
    expect(() => openPorts({ folder, trainers: 2 })).not.toThrow();
  });
});
