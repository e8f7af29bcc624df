import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmulatedDevice } from '../../../device-bench/index.ts';
import type { EmulatedDevice } from '../../../device-bench/index.ts';
import { assembleHex, referencePath } from './hex-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-emulated-device-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Lets the device run until it has sent `text`. */
async function hear(device: EmulatedDevice, text: string): Promise<void> {
  let heard = '';
  await new Promise<void>((resolve) => {
    device.onData((chunk) => {
      heard += String.fromCharCode(...chunk);
      if (heard.includes(text)) resolve();
    });
  });
}

test('firmware of a file runs as soon as somebody listens, on its own clock, until it is closed', async () => {
  const device = await openEmulatedDevice({
    path: referencePath('stl-reference.hex'),
    baudRate: 57_600,
  });
  expect(device.timers.now()).toBe(0);
  expect(device.byteMs).toBeCloseTo(0.1736, 4);
  await hear(device, '!BOOT');
  device.write('PING\n');
  await hear(device, '=OK,,PING,');
  device.reset();
  await hear(device, ',RST*');
  await new Promise<void>((resolve) => device.timers.at(10_000, resolve));
  expect(device.timers.now()).toBeCloseTo(10_000, 1);
  await device.close();
  const stoppedAt = device.timers.now();
  await new Promise(setImmediate);
  expect(device.timers.now()).toBe(stoppedAt);
  expect(device.failure).toBeUndefined();
});

test('firmware that does what the emulator cannot do ends the link, with the reason', async () => {
  const path = join(folder, 'sleepy.hex');
  await writeFile(path, assembleHex('ldi r16, 5\nout 0x33, r16\nsleep\n'));
  const device = await openEmulatedDevice({ path, baudRate: 57_600 });
  await new Promise<void>((resolve) => {
    device.onClose(resolve);
    device.onData(() => undefined);
  });
  expect(device.failure).toMatchObject({ code: 'FIRMWARE_UNSUPPORTED' });
  await device.close();
});

test.each([
  ['is not there', 'nowhere.hex', undefined, 'FIRMWARE_UNREADABLE'],
  ['is no hex file', 'blink.hex', 'int main(void) {}\n', 'FIRMWARE_INVALID'],
])('a file that %s is refused, with its name', async (_, name, text, code) => {
  const path = join(folder, name);
  if (text !== undefined) await writeFile(path, text);
  const opening = openEmulatedDevice({ path, baudRate: 57_600 });
  await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining(path) });
});
