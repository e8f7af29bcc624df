import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimPortFolder } from '../../../simulator/live/port-folder.ts';

/** The number of a process that ran a moment ago and is gone. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('a folder for port links', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stedi-folder-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('names its links as the caller wrote it', () => {
    const folder = claimPortFolder(join(root, 'ports'));
    expect(folder.linkOf(0)).toBe(join(root, 'ports', 'ttySTEDI0'));
    expect(folder.linkOf(12)).toBe(join(root, 'ports', 'ttySTEDI12'));
    folder.release();
  });

  it('is made with all that is missing above it, and goes with it', () => {
    mkdirSync(join(root, 'here'));
    const folder = claimPortFolder(join(root, 'here', 'a', 'b', 'ports'));
    expect(existsSync(join(root, 'here', 'a', 'b', 'ports'))).toBe(true);
    folder.release();
    folder.release();
    expect(readdirSync(join(root, 'here'))).toEqual([]);
  });

  it('stays when it was there before, or when somebody put something into it', () => {
    const [old, shared] = [join(root, 'old'), join(root, 'shared')];
    mkdirSync(old);
    claimPortFolder(old).release();
    const folder = claimPortFolder(shared);
    writeFileSync(join(shared, 'notes.txt'), 'mine');
    folder.release();
    expect([readdirSync(old), readdirSync(shared)]).toEqual([[], ['notes.txt']]);
  });

  it('is refused while a process that runs has it, which keeps everything', () => {
    const path = join(root, 'ports');
    const folder = claimPortFolder(path);
    symlinkSync('/dev/pts/999999', folder.linkOf(0));
    expect(() => claimPortFolder(path)).toThrow(
      expect.objectContaining({
        name: 'SimulatorError',
        code: 'FOLDER_IN_USE',
        message: expect.stringContaining(`process ${process.pid}`) as string,
      }) as Error,
    );
    expect(readlinkSync(folder.linkOf(0))).toBe('/dev/pts/999999');
  });

  it('is taken over from a process that is gone, without the links that it left', () => {
    writeFileSync(join(root, '.stedi-simulate'), `${deadProcess()}\n`);
    symlinkSync('/dev/pts/0', join(root, 'ttySTEDI0'));
    symlinkSync('/dev/pts/999999', join(root, 'ttySTEDI7'));
    symlinkSync('/dev/ttyUSB0', join(root, 'ttySTEDI8'));
    symlinkSync('/dev/pts/0', join(root, 'console'));
    writeFileSync(join(root, 'ttySTEDI9'), 'a file');
    const folder = claimPortFolder(root);
    const kept = ['console', 'ttySTEDI8', 'ttySTEDI9'];
    expect(readdirSync(root).toSorted()).toEqual(['.stedi-simulate', ...kept]);
    folder.release();
    expect(readdirSync(root).toSorted()).toEqual(kept);
  });

  it.each(['', 'nonsense\n', '-1\n', '0\n'])('is taken over when its owner is %j', (owner) => {
    writeFileSync(join(root, '.stedi-simulate'), owner);
    claimPortFolder(root).release();
    expect(readdirSync(root)).toEqual([]);
  });

  it('says where it cannot be', () => {
    writeFileSync(join(root, 'file'), '');
    for (const path of [join(root, 'file'), join(root, 'file', 'ports')]) {
      expect(() => claimPortFolder(path)).toThrow(
        expect.objectContaining({
          code: 'FOLDER_FAILED',
          message: expect.stringContaining(path) as string,
        }) as Error,
      );
    }
    expect(readdirSync(root)).toEqual(['file']);
  });

  it.runIf(process.platform === 'linux')('says so where the kernel refuses new folders', () => {
    expect(() => claimPortFolder('/proc/stedi/ports')).toThrow(
      expect.objectContaining({ code: 'FOLDER_FAILED' }) as Error,
    );
  });
});
