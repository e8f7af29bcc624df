import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSerialPort } from '../../../bridge/index.ts';
import { LiveSerial } from '../../../scenarios/live/live-serial.ts';
import { WallTime } from '../../../simulator/index.ts';

const LINE = '$R,7F3A,0,421,181,0*0D16\r\n';
const BAUD_RATE = 9_600;

function prepare(isPaced: boolean): { serial: LiveSerial; failures: unknown[]; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-cables-'));
  const timers = new WallTime(Date.now(), 1);
  const failures: unknown[] = [];
  const serial = new LiveSerial({
    folder,
    baudRate: BAUD_RATE,
    pace: isPaced ? timers : undefined,
    onFailure: (cause) => failures.push(cause),
  });
  onTestFinished(() => {
    serial.close();
    timers.stop();
    rmSync(folder, { recursive: true });
  });
  return { serial, failures, folder };
}

describe.skipIf(!existsSync('/dev/ptmx'))('live cables', () => {
  it('carry bytes at the pace of the baud rate in a world on real time', async () => {
    const { serial, failures } = prepare(true);
    const port = serial.plug(3);
    const startMs = performance.now();
    const arrivals = Array.from(
      { length: 9 },
      () => new Promise<boolean>((resolve) => expect(port.send(LINE, resolve)).toBe(true)),
    );
    expect(port.send(LINE)).toBe(false);
    expect(await Promise.all(arrivals)).toEqual(arrivals.map(() => true));
    expect(performance.now() - startMs).toBeGreaterThanOrEqual((9 * LINE.length * 10_000) / 9_600);
    expect(failures).toEqual([]);
  });

  it('carry bytes at once in a world that runs faster', () => {
    const { serial } = prepare(false);
    const port = serial.plug(3);
    const arrivals: boolean[] = [];
    for (let count = 0; count < 20; count++) {
      expect(port.send(LINE, (arrived) => arrivals.push(arrived))).toBe(true);
    }
    expect(arrivals).toEqual(Array.from({ length: 20 }, () => true));
  });

  it.each([true, false])(
    'are found under their link, which goes when they are pulled; paced: %s',
    async (isPaced) => {
      const { serial, failures, folder } = prepare(isPaced);
      const port = serial.plug(0);
      const path = join(folder, 'ttySTEDI0');
      expect(readdirSync(folder)).toEqual(['ttySTEDI0']);
      expect(serial.owns(path)).toBe(true);
      expect(serial.owns('/dev/ttyUSB0')).toBe(false);
      const host = await openSerialPort({ path, baudRate: BAUD_RATE });
      const asked = new Promise<string>((resolve) => {
        let text = '';
        port.onReceive((bytes) => {
          text += bytes;
          if (text.endsWith('\n')) resolve(text);
        });
      });
      host.write('ID?\r\n');
      expect(await asked).toBe('ID?\r\n');
      const closed = new Promise<boolean>((resolve) =>
        host.onClose(({ disconnected }) => resolve(disconnected)),
      );
      host.onData(() => undefined);
      port.close();
      expect(await closed).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
      expect(failures).toEqual([]);
    },
  );

  it('lead nowhere once all are pulled', () => {
    const { serial, folder } = prepare(false);
    serial.plug(0);
    serial.close();
    expect(readdirSync(folder)).toEqual([]);
    expect(serial.plug(1).send(LINE)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
