import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { choosePort, speedsOf } from '../../../../cli/commands/device/choose-port.ts';
import type { PortArguments } from '../../../../cli/commands/device/choose-port.ts';
import { plugInBoard } from '../../../device-bench/ports/board-on-a-port.ts';

const NOTHING_SAID: PortArguments = {
  port: undefined,
  serial: undefined,
  baud: 57_600,
  'scan-baud': false,
};

it('takes a port that is named as it is, without asking who is there', async () => {
  const port = '/dev/no-such-port';
  const chosen = await choosePort({ ...NOTHING_SAID, port, baud: 9_600 });
  expect(chosen).toEqual({ path: port, baudRate: 9_600 });
});

it('tries one speed, or the usual ones', () => {
  expect(speedsOf(NOTHING_SAID)).toEqual([57_600]);
  expect(speedsOf({ ...NOTHING_SAID, 'scan-baud': true }).length).toBeGreaterThan(3);
});

describe.skipIf(!existsSync('/dev/ptmx'))('a device', () => {
  it('is found in a folder by the beginning of its serial number', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-choose-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    plugInBoard({ link: join(folder, 'a') });
    const wanted = plugInBoard({ link: join(folder, 'b') });
    const choose = (serial?: string): Promise<object> =>
      choosePort({ ...NOTHING_SAID, port: folder, serial });
    expect(await choose(wanted.serial.slice(0, 8))).toMatchObject({ path: wanted.path });
    await expect(choose()).rejects.toMatchObject({ code: 'DEVICE_AMBIGUOUS' });
    await expect(choose('no-such')).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' });
  });

  it('that is not the wanted one is refused, although its port was named', async () => {
    const board = plugInBoard();
    const choosing = choosePort({ ...NOTHING_SAID, port: board.path, serial: 'ffffffff-ffff' });
    await expect(choosing).rejects.toMatchObject({
      code: 'DEVICE_NOT_FOUND',
      message: expect.stringContaining(board.serial) as string,
    });
  });
});
