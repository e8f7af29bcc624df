import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isFolder, listPorts, portsAt } from '../../../device-bench/ports/list-ports.ts';
import { openSerialDevice } from '../../../device-bench/ports/serial-device.ts';
import { openVirtualPort } from '../../../simulator/index.ts';
import type { VirtualPort } from '../../../simulator/index.ts';
import { plugInBoard } from './board-on-a-port.ts';

const RATE = [57_600];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-ports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function plugInNothing(link?: string): VirtualPort {
  const port = openVirtualPort(link === undefined ? {} : { link });
  onTestFinished(() => port.close());
  return port;
}

describe.skipIf(!existsSync('/dev/ptmx'))('the ports', () => {
  it('of a folder are asked at once, each is found by what it says', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'no port');
    const first = plugInBoard({ link: join(folder, 'ttySTEDI0') });
    const second = plugInBoard({ link: join(folder, 'ttySTEDI1') });
    plugInNothing(join(folder, 'ttySTEDI2'));
    const reports = await listPorts({ places: [folder], baudRates: RATE });
    expect(reports).toMatchObject([
      { path: first.path, baudRate: 57_600, found: { status: 'device', serial: first.serial } },
      { path: second.path, found: { status: 'device', serial: second.serial } },
      { path: join(folder, 'ttySTEDI2'), found: { status: 'silent' } },
    ]);
  });

  it('are free again afterwards', async () => {
    const board = plugInBoard();
    await listPorts({ places: [board.path], baudRates: RATE });
    const device = await openSerialDevice({ path: board.path, baudRate: 57_600 });
    expect(device.failure).toBeUndefined();
    await device.close();
  });

  it('that cannot be asked say why', async () => {
    const taken = plugInNothing();
    const holder = await openSerialDevice({ path: taken.path, baudRate: 57_600 });
    const file = join(temporaryFolder(), 'notes.txt');
    writeFileSync(file, 'no port');
    const places = [taken.path, '/dev/no-such-port', file];
    const reports = await listPorts({ places, baudRates: RATE });
    expect(reports.map(({ found }) => found.status)).toEqual(['busy', 'missing', 'unusable']);
    await holder.close();
  });

  it('are tried at several speeds, up to the one that is understood', async () => {
    const board = plugInBoard();
    const baudRates = [57_600, 9_600];
    const [report] = await listPorts({ places: [board.path], baudRates });
    expect(report).toMatchObject({ baudRate: 57_600, found: { status: 'device' } });
    const silent = plugInNothing();
    const babbler = plugInNothing();
    // It understands nothing, and says something strange only at the second speed.
    let asked = '';
    babbler.onData((chunk) => {
      asked += Buffer.from(chunk).toString('latin1');
      if (asked.split('ID?').length > 8) babbler.write('~~~');
    });
    const others = await listPorts({ places: [silent.path, babbler.path], baudRates });
    expect(others).toMatchObject([
      { baudRate: 57_600, found: { status: 'silent' } },
      { baudRate: 9_600, found: { status: 'foreign' } },
    ]);
  });

  it('of one device are one port, whatever their names', async () => {
    const folder = temporaryFolder();
    const port = plugInNothing(join(folder, 'ttySTEDI0'));
    expect(await portsAt([folder, port.path])).toEqual([join(folder, 'ttySTEDI0')]);
  });

  it('of this machine can be listed, whatever it has', async () => {
    const reports = await listPorts({ places: [], baudRates: RATE });
    for (const { found } of reports) expect(['missing', 'unusable']).not.toContain(found.status);
  });
});

it('a folder without ports is refused, with what to do', async () => {
  const folder = temporaryFolder();
  expect(await isFolder(folder)).toBe(true);
  await expect(listPorts({ places: [folder], baudRates: RATE })).rejects.toMatchObject({
    code: 'PORT_NOT_FOUND',
    message: expect.stringContaining(`--link pty:${folder}`) as string,
  });
});
