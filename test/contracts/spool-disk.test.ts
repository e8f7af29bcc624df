import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FileSpoolDisk } from '../../bridge/spool/file-spool-disk.ts';
import { MemoryDisk } from '../../simulator/index.ts';
import { PowerLossDisk } from '../faults/power-loss-disk.ts';
import { describeSpoolDisk } from './spool-disk.ts';

describeSpoolDisk('a folder', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'stedi-disk-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const place = join(parent, 'a', 'spool');
  const disk = await FileSpoolDisk.open(place);
  const reopen = async (): Promise<FileSpoolDisk> => {
    await disk.close();
    return FileSpoolDisk.open(place);
  };
  return { disk, reopen };
});

describeSpoolDisk('the disk in memory', async () => {
  const machine = new MemoryDisk();
  return { disk: machine.mount(), reopen: async () => machine.mount() };
});

describeSpoolDisk('the simulated disk', async () => {
  const machine = new PowerLossDisk({ random: { next: () => 0.5 } });
  const disk = machine.mount();
  return { disk, reopen: async () => machine.mount() };
});
