import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DeviceMemory, hostBootId, MEMORY_FILE } from '../../../bridge/adapters/device-memory.ts';
import type { LastReading } from '../../../bridge/core/device-roster.ts';

const HERE = { spoolId: '0f3a', hostBoot: 'boot-1' };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-devices-'));
});
afterEach(() => rm(folder, { recursive: true }));

const readingOf = (device: number, seq: number): LastReading => ({
  serialNumber: `5f8c2d1e-0a3b-4c5d-8e9f-${device.toString(16).padStart(12, '0')}`,
  boot: '7F3A',
  seq,
  ticks: 20 * seq,
});

/** What the next start knows, on a file as it is now: the one before may have died or ended. */
function startAgain(
  options: { spoolId: string; hostBoot: string | undefined } = HERE,
): readonly LastReading[] {
  const memory = DeviceMemory.open(folder, options);
  memory.close();
  return memory.remembered;
}

it('remembers the last reading of each device beyond the death of the process', async () => {
  const killed = DeviceMemory.open(folder, HERE);
  expect(killed.remembered).toEqual([]);
  for (const seq of [1, 2, 3]) killed.keep(readingOf(1, seq));
  killed.keep(readingOf(2, 9));
  killed.keep(readingOf(1, 4));
  expect(startAgain()).toEqual([readingOf(1, 4), readingOf(2, 9)]);
  expect((await stat(join(folder, MEMORY_FILE))).mode & 0o777).toBe(0o600);
});

it('believes a file of another boot of the machine only when it was synced at the end', async () => {
  const path = join(folder, MEMORY_FILE);
  const ended = DeviceMemory.open(folder, HERE);
  ended.keep(readingOf(1, 4));
  ended.close();
  const atTheEnd = await readFile(path);
  expect(startAgain({ ...HERE, hostBoot: 'boot-2' })).toEqual([readingOf(1, 4)]);
  await writeFile(path, atTheEnd);
  // This one loses power, while its file is as it began.
  const cut = DeviceMemory.open(folder, { ...HERE, hostBoot: 'boot-2' });
  cut.keep(readingOf(1, 5));
  for (const hostBoot of ['boot-3', undefined])
    expect(startAgain({ ...HERE, hostBoot })).toEqual([]);
});

it('knows nothing where nobody knows the boot of the machine, and of another spool', () => {
  const unknown = { ...HERE, hostBoot: undefined };
  DeviceMemory.open(folder, unknown).keep(readingOf(1, 4));
  expect(startAgain(unknown)).toEqual([]);
  DeviceMemory.open(folder, HERE).keep(readingOf(1, 4));
  expect(startAgain({ ...HERE, spoolId: 'another' })).toEqual([]);
});

it('keeps a bounded number of devices, and forgets who was silent for the longest', async () => {
  const memory = DeviceMemory.open(folder, HERE);
  for (let device = 0; device < 256; device++) memory.keep(readingOf(device, 1));
  memory.keep(readingOf(0, 2));
  memory.keep(readingOf(300, 1));
  expect((await readFile(join(folder, MEMORY_FILE))).length).toBe(257 * 128);
  const remembered = new Set(startAgain().map(({ serialNumber }) => serialNumber));
  const isKnown = [0, 1, 2, 300].map((device) => remembered.has(readingOf(device, 1).serialNumber));
  expect([isKnown, remembered.size]).toEqual([[true, false, true, true], 256]);
});

it('does without a file that cannot be used', async () => {
  const path = join(folder, MEMORY_FILE);
  await mkdir(path);
  const memory = DeviceMemory.open(folder, HERE);
  memory.keep(readingOf(1, 1));
  memory.close();
  expect(memory.remembered).toEqual([]);
});

it.runIf(process.platform === 'linux')('knows the boot of this machine', () => {
  expect(hostBootId()).toMatch(/^[0-9a-f-]{36}$/);
});
