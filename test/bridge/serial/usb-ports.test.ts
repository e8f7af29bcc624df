import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { UsbPorts } from '../../../bridge/serial/usb-ports.ts';

function folderWith(...names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-usb-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
}

it('finds the ports that look like USB, and those that the system says are', async () => {
  const folder = folderWith('ttyUSB0', 'ttyS0');
  const path = join(folder, 'ttyUSB0');
  const usb = new UsbPorts({
    patterns: [join(folder, 'ttyUSB*')],
    list: async () => [
      { path, vendorId: '1a86' },
      { path: '/dev/tty.usbmodem1', vendorId: '2341' },
      { path: '/dev/ttyS0', vendorId: undefined },
    ],
    onUnlisted: () => expect.unreachable(),
  });
  expect(await usb.find()).toEqual([path, '/dev/tty.usbmodem1']);
});

it('asks the system when something was plugged in, and now and then', async () => {
  const folder = folderWith('ttyUSB0');
  let asked = 0;
  const usb = new UsbPorts({
    patterns: [join(folder, 'ttyUSB*')],
    list: async () => {
      asked++;
      return [];
    },
    onUnlisted: () => expect.unreachable(),
  });
  for (let look = 0; look < 10; look++) await usb.find();
  expect(asked).toBe(1);
  for (let look = 0; look < 10; look++) await usb.find();
  expect(asked).toBe(2);
  writeFileSync(join(folder, 'ttyUSB1'), '');
  expect(await usb.find()).toHaveLength(2);
  expect(asked).toBe(3);
});

it('says once that the system cannot be asked, and looks where such ports are', async () => {
  const folder = folderWith('ttyUSB0');
  const causes: unknown[] = [];
  const cause = new RangeError('no such service');
  let asked = 0;
  const usb = new UsbPorts({
    patterns: [join(folder, 'ttyUSB*')],
    list: async () => {
      asked++;
      throw cause;
    },
    onUnlisted: (why) => causes.push(why),
  });
  for (let look = 0; look < 30; look++) {
    expect(await usb.find()).toEqual([join(folder, 'ttyUSB0')]);
  }
  expect([causes, asked]).toEqual([[cause], 1]);
});
