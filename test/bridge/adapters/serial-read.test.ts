import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readBytes } from '../../../bridge/adapters/serial-read.ts';
import type { BindingPort } from '../../../bridge/adapters/serial-read.ts';

/** The two parts of serialport's Unix ports that reading needs. */
function unixPort(fd: number | null, error: Error | null = null): BindingPort {
  const poller = {
    once: (_: string, callback: (failure: Error | null) => void) => callback(error),
  };
  return { fd, poller } as unknown as BindingPort;
}

describe('reading from a serial port', () => {
  let folder: string;
  let fd: number;
  const buffer = Buffer.alloc(8);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stedi-read-'));
    writeFileSync(join(folder, 'bytes'), 'abcdefghij');
    fd = openSync(join(folder, 'bytes'), 'r');
  });

  afterEach(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });

  it('fills the buffer as far as there are bytes, and takes their end for a hang-up', async () => {
    const port = unixPort(fd);
    expect(await readBytes(port, buffer)).toBe(8);
    expect(buffer.toString()).toBe('abcdefgh');
    expect(await readBytes(port, buffer)).toBe(2);
    expect(await readBytes(port, buffer)).toBe(0);
  });

  it('takes a port that was closed meanwhile for a hang-up', async () => {
    expect(await readBytes(unixPort(null), buffer)).toBe(0);
  });

  it('fails when waiting fails', async () => {
    const canceled = new RangeError('canceled');
    await expect(readBytes(unixPort(fd, canceled), buffer)).rejects.toBe(canceled);
  });

  it('leaves reading to the binding where there is nothing to wait on', async () => {
    const port = { read: async () => ({ buffer, bytesRead: 3 }) } as unknown as BindingPort;
    expect(await readBytes(port, buffer)).toBe(3);
  });
});
