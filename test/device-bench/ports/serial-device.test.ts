import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BridgeError } from '../../../bridge/index.ts';
import type { OpenSerialPort } from '../../../bridge/index.ts';
import { openSerialDevice } from '../../../device-bench/ports/serial-device.ts';
import { openVirtualPort } from '../../../simulator/index.ts';

/** An open port with modem lines, and what was done with them. */
function makeChannel(): { channel: OpenSerialPort; lines: object[]; lose: () => void } {
  const lines: object[] = [];
  const listeners: Parameters<OpenSerialPort['onClose']>[0][] = [];
  const error = new BridgeError('SERIAL_PORT_LOST', 'It was disconnected.');
  const channel: OpenSerialPort = {
    path: '/dev/ttyUSB7',
    setModemLines: (state) => lines.push(state),
    write: () => undefined,
    onData: () => undefined,
    onClose: (listener) => listeners.push(listener),
    close: () => Promise.resolve(),
  };
  const lose = (): void => listeners.forEach((listener) => listener({ disconnected: true, error }));
  return { channel, lines, lose };
}

function open(channel: OpenSerialPort): ReturnType<typeof openSerialDevice> {
  return openSerialDevice({
    path: channel.path,
    baudRate: 57_600,
    open: () => Promise.resolve(channel),
  });
}

describe('a device on a serial port', () => {
  it('counts ten bits to a byte', async () => {
    expect((await open(makeChannel().channel)).byteMs).toBeCloseTo(0.1736, 4);
  });

  it('is reset by a pulse on the modem lines, which end as they were', async () => {
    const { channel, lines } = makeChannel();
    const device = await open(channel);
    device.reset?.();
    expect(lines).toEqual([{ dtr: false, rts: true }]);
    await vi.waitUntil(() => lines.length === 2);
    expect(lines[1]).toEqual({ dtr: true, rts: true });
    expect(device.timers.now()).toBeGreaterThanOrEqual(100);
    await device.close();
  });

  it('tells once that it was lost, and why', async () => {
    const { channel, lose } = makeChannel();
    const device = await open(channel);
    let told = 0;
    device.onClose(() => told++);
    expect(device.failure).toBeUndefined();
    lose();
    expect(told).toBe(1);
    expect(device.failure).toMatchObject({ name: 'BenchError', code: 'PORT_LOST' });
  });

  it.each([
    ['SERIAL_PORT_NOT_FOUND', 'PORT_NOT_FOUND'],
    ['SERIAL_PORT_DENIED', 'PORT_DENIED'],
    ['SERIAL_PORT_BUSY', 'PORT_BUSY'],
    ['SERIAL_PORT_FAILED', 'PORT_FAILED'],
  ] as const)('says %s in its own words', async (code, own) => {
    const cause = new BridgeError(code, 'what the bridge said');
    const opening = openSerialDevice({
      path: '/dev/ttyUSB7',
      baudRate: 57_600,
      open: () => Promise.reject(cause),
    });
    await expect(opening).rejects.toMatchObject({
      name: 'BenchError',
      code: own,
      message: 'what the bridge said',
      cause,
    });
  });
});

describe.skipIf(!existsSync('/dev/ptmx'))('a device on a pseudo-terminal', () => {
  it('cannot be reset: there are no modem lines, and asking for them does no harm', async () => {
    const port = openVirtualPort();
    onTestFinished(() => port.close());
    const device = await openSerialDevice({ path: port.path, baudRate: 57_600 });
    expect(device.reset).toBeUndefined();
    const arrived = new Promise<string>((resolve) => {
      device.onData((chunk) => resolve(Buffer.from(chunk).toString('latin1')));
    });
    port.write('#ready\r\n');
    expect(await arrived).toBe('#ready\r\n');
    await device.close();
  });
});
