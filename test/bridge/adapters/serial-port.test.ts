/** What is particular to operating system ports. What every channel does is in test/contracts/serial-channel.test.ts. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openSerialPort } from '../../../bridge/adapters/serial-port.ts';
import type { CloseReason } from '../../../bridge/adapters/serial-port.ts';
import { openVirtualPort } from '../../../simulator/live/pty.ts';

describe('opening a serial port', () => {
  it('refuses a file that is no serial port', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-port-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'not a port');
    await expect(openSerialPort({ path, baudRate: 9_600 })).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'SERIAL_PORT_FAILED',
      message: expect.stringContaining(path) as string,
    });
  });

  it('refuses a speed that is none', async () => {
    await expect(openSerialPort({ path: '/dev/null', baudRate: 0 })).rejects.toMatchObject({
      code: 'SERIAL_PORT_FAILED',
    });
  });
});

describe.skipIf(!existsSync('/dev/ptmx'))('a serial port on a pseudo-terminal', () => {
  it('keeps what arrives until somebody listens', async () => {
    const device = openVirtualPort();
    onTestFinished(() => device.close());
    const channel = await openSerialPort({ path: device.path, baudRate: 57_600 });
    device.write('early\n');
    const chunk = await new Promise<Uint8Array>((resolve) => channel.onData(resolve));
    expect(Buffer.from(chunk).toString()).toBe('early\n');
    await channel.close();
  });

  it('is given up when the device takes no bytes', async () => {
    const device = openVirtualPort();
    onTestFinished(() => device.close());
    const channel = await openSerialPort({ path: device.path, baudRate: 57_600 });
    const end = new Promise<CloseReason>((resolve) => channel.onClose(resolve));
    for (let line = 0; line < 2_000; line++) channel.write('PING\n'.repeat(20));
    expect(await end).toMatchObject({ disconnected: true, error: { code: 'SERIAL_PORT_FAILED' } });
    const again = await openSerialPort({ path: device.path, baudRate: 57_600 });
    await again.close();
  });

  it('closes although the device takes no bytes', async () => {
    const device = openVirtualPort();
    onTestFinished(() => device.close());
    const channel = await openSerialPort({ path: device.path, baudRate: 57_600 });
    channel.write('PING\n'.repeat(10_000));
    await channel.close();
    expect(await new Promise<CloseReason>((resolve) => channel.onClose(resolve))).toEqual({
      disconnected: false,
    });
  });
});
