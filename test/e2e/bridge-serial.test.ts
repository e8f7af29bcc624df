/** The bridge on serial ports that come and go, into a folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openSerialPort } from '../../bridge/index.ts';
import { seededStreams, TrainerPorts, WallTime } from '../../simulator/index.ts';
import { objectsIn, rowsOf, startService } from './bridge-stage.ts';
import { temporaryFolder } from './stedi.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 50 };
const BAUD = 57_600;
/** Ticks in which a trainer that streams sends a reading or more, in ms. */
const QUIET_TICKS = 200;

interface Row {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
}

async function prepare() {
  const folder = await temporaryFolder();
  const timers = new WallTime(Date.now(), 1);
  const ports = new TrainerPorts({
    folder: join(folder, 'ports'),
    trainers: 2,
    baudRate: BAUD,
    profile: 'continuous',
    streams: seededStreams(11),
    timers,
  });
  onTestFinished(() => {
    ports.close();
    timers.stop();
  });
  const out = join(folder, 'landing');
  const landed = async (): Promise<Row[]> =>
    rowsOf(await objectsIn(out)).map((line) => JSON.parse(line) as Row);
  return { folder, ports, out, landed };
}

/** The lines that a trainer sends by itself while its clock goes on by {@link QUIET_TICKS}. */
async function overheardAt(link: string): Promise<string[]> {
  const channel = await openSerialPort({ path: link, baudRate: BAUD });
  const lines: string[] = [];
  let rest = '';
  const ticks: number[] = [];
  const asked = new Promise<void>((resolve) => {
    channel.onData((chunk) => {
      const parts = `${rest}${Buffer.from(chunk).toString('latin1')}`.split('\r\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        const [, at] = /^=SYNC,\d+,\d+,(\d+),/.exec(line) ?? [];
        if (at === undefined) {
          lines.push(line);
          continue;
        }
        ticks.push(Number(at));
        if (Number(at) - (ticks[0] ?? 0) >= QUIET_TICKS) resolve();
        else channel.write(`@${ticks.length} SYNC 1\r\n`);
      }
    });
  });
  channel.write('@0 SYNC 1\r\n');
  await asked;
  await channel.close();
  return lines;
}

describe.skipIf(!existsSync('/dev/ptmx'))('trainers at a bridge', () => {
  test('are waited for while another program has their port, and land when it is free', async () => {
    const { folder, ports, out, landed } = await prepare();
    const { link, serialNumber } = ports.ports[0] as { link: string; serialNumber: string };
    const other = await openSerialPort({ path: link, baudRate: BAUD });
    const spool = join(folder, 'spool');
    const args = ['--serial', link, '--out', out, '--spool', spool, '--flush', '200ms'];
    const bridge = await startService(args, {});
    await bridge.stedi.says('is in use by another program');
    expect(await bridge.metric('serial_ports{state="busy"}')).toBe(1);
    await other.close();
    await vi.waitUntil(async () => (await landed()).length > 5, PATIENCE);
    const { code } = await bridge.end('SIGTERM');
    expect(code).toBe(0);
    expect(new Set((await landed()).map((row) => row.serialNumber))).toEqual(
      new Set([serialNumber]),
    );
  });

  test('that went on while the bridge was killed have what nobody took counted as missing', async () => {
    const { folder, ports, out, landed } = await prepare();
    const { link, serialNumber } = ports.ports[0] as { link: string; serialNumber: string };
    const spool = join(folder, 'spool');
    const args = ['--serial', link, '--out', out, '--spool', spool, '--flush', '200ms'];
    const landMore = async (): Promise<void> => {
      const before = (await landed()).length;
      await vi.waitUntil(async () => (await landed()).length > before + 5, PATIENCE);
    };
    const killed = await startService(args, {});
    await landMore();
    await killed.end('SIGKILL');
    const second = await startService(args, {});
    await landMore();
    const times = (await landed()).map((row) => row.sensorReadingTime).toSorted((a, b) => a - b);
    const gapMs = Math.max(...times.slice(1).map((time, at) => time - (times[at] as number)));
    const ofTable = 'table="step_trainer_landing"';
    const untimed =
      (await second.metric(`quarantined_total{${ofTable},reason="clock-not-fitted"}`)) ?? 0;
    const missing = await second.metric(`serial_missing_total{device="${serialNumber}"}`);
    // Trainers keep 50 Hz within a few per cent, where the machine lets them; it may be busy while a bridge starts.
    const notLanded = gapMs / 20 - 1;
    expect((missing ?? 0) + untimed).toBeGreaterThan(0.7 * notLanded - 5);
    expect((missing ?? 0) + untimed).toBeLessThan(1.2 * notLanded + 5);
    expect(missing).toBeGreaterThan(0);
    expect((await second.end('SIGTERM')).code).toBe(0);
    // It was stopped in the end, and has sent nothing since.
    const third = await startService(args, {});
    await landMore();
    expect(await third.metric(`serial_missing_total{device="${serialNumber}"}`)).toBe(0);
    expect((await third.end('SIGTERM')).code).toBe(0);
  });

  test('land each under its own number, come back after a pulled cable, and are stopped in the end', async () => {
    const { folder, ports, out, landed } = await prepare();
    const [first = '', second = ''] = ports.ports.map(({ serialNumber }) => serialNumber);
    const pattern = join(folder, 'ports', 'ttySTEDI*');
    const spool = join(folder, 'spool');
    const bridge = await startService(
      ['--serial', pattern, '--out', out, '--spool', spool, '--flush', '200ms'],
      {},
    );
    const landMore = async (serial: string): Promise<void> => {
      const count = async (): Promise<number> =>
        (await landed()).filter(({ serialNumber }) => serialNumber === serial).length;
      const before = await count();
      await vi.waitUntil(async () => (await count()) > before + 5, PATIENCE);
    };
    await Promise.all([landMore(first), landMore(second)]);
    expect(await bridge.metric('serial_ports{state="open"}')).toBe(2);
    ports.unplug(0);
    await vi.waitUntil(
      async () => (await bridge.metric('serial_ports{state="open"}')) === 1,
      PATIENCE,
    );
    expect((await bridge.ask('/readyz')).status).toBe(200);
    ports.plug(0);
    await landMore(first);
    expect((await bridge.ask('/metrics')).text).toContain(
      `stedi_bridge_device_clock_drift_ppm{device="${first}"}`,
    );
    const { code, stdout } = await bridge.end('SIGTERM');
    const counts = JSON.parse(stdout) as { readonly landed: number; readonly taken: number };
    expect([code, counts]).toMatchObject([0, { landed: counts.taken, unlanded: 0 }]);
    const rows = await landed();
    expect(rows).toHaveLength(counts.landed);
    expect(new Set(rows.map(({ serialNumber }) => serialNumber))).toEqual(new Set([first, second]));
    expect(await overheardAt(ports.ports[1]?.link ?? '')).toEqual([]);
  });
});
