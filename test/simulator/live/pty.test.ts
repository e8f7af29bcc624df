import { constants, existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openVirtualPort } from '../../../simulator/live/pty.ts';
import type { VirtualPort } from '../../../simulator/live/pty.ts';

const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));

function plug(options?: { readonly link?: string }): VirtualPort {
  const port = openVirtualPort(options);
  onTestFinished(() => port.close());
  return port;
}

/** Opens the port like a program that knows nothing of serial ports. */
async function openHost(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_NOCTTY);
}

async function readText(host: FileHandle, bytes: number): Promise<string> {
  let text = '';
  while (text.length < bytes) {
    const { bytesRead, buffer } = await host.read(Buffer.alloc(bytes - text.length));
    text += buffer.toString('latin1', 0, bytesRead);
  }
  return text;
}

/** What the device receives until it has `bytes` of it. */
function receive(port: VirtualPort, bytes: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    port.onData((chunk) => {
      text += Buffer.from(chunk).toString('latin1');
      if (text.length >= bytes) resolve(text);
    });
  });
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-pty-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe.skipIf(!existsSync('/dev/ptmx'))('a virtual port', () => {
  it('carries every byte value to a host, and takes all of them', async () => {
    const port = plug();
    const host = await openHost(port.path);
    expect(port.write(EVERY_BYTE)).toBe(256);
    expect(await readText(host, 256)).toBe(EVERY_BYTE);
    await host.close();
  });

  it('carries every byte value from a host', async () => {
    const port = plug();
    const host = await openHost(port.path);
    const received = receive(port, 256);
    await host.write(Buffer.from(EVERY_BYTE, 'latin1'));
    expect(await received).toBe(EVERY_BYTE);
    await host.close();
  });

  it('does not echo to the device what the device sent', async () => {
    const port = plug();
    const host = await openHost(port.path);
    const received = receive(port, 4);
    port.write('$R,7F3A,0,421,181,0*0D16\r\n');
    await readText(host, 26);
    await host.write('ID?\n');
    expect(await received).toBe('ID?\n');
    await host.close();
  });

  it('keeps what a host sends until somebody listens', async () => {
    const port = plug();
    const host = await openHost(port.path);
    await host.write('early\n');
    expect(await receive(port, 6)).toBe('early\n');
    await host.close();
  });

  it('takes no more than its buffer holds when no host reads, and loses nothing of what it took', async () => {
    const port = plug();
    const line = `${'0123456789'.repeat(9)}\n`;
    let taken = 0;
    for (let bytes = line.length; bytes === line.length; taken += bytes) bytes = port.write(line);
    expect(taken).toBeGreaterThan(4_096);
    expect(taken).toBeLessThan(100_000);
    expect(port.write('overrun')).toBe(0);
    const host = await openHost(port.path);
    expect(await readText(host, taken)).toBe(line.repeat(2_000).slice(0, taken));
    await host.close();
  });

  it('serves one host after another, and keeps for the next what came in between', async () => {
    const port = plug();
    for (const text of ['first\n', 'second\n', 'third\n']) {
      port.write(text);
      const host = await openHost(port.path);
      expect(await readText(host, text.length)).toBe(text);
      await host.close();
    }
  });

  it('disconnects its host when it is closed', async () => {
    const port = plug();
    const host = await openHost(port.path);
    const reading = host.read(Buffer.alloc(1)).then(
      ({ bytesRead }) => bytesRead,
      (error: NodeJS.ErrnoException) => error.code,
    );
    port.close();
    expect([0, 'EIO']).toContain(await reading);
    await host.close();
  });

  it('takes nothing after it was closed, and may be closed again', () => {
    const port = plug();
    port.close();
    port.close();
    expect(port.write('late')).toBe(0);
    expect(existsSync(port.path)).toBe(false);
  });

  it('is reached through its link while it is open', async () => {
    const link = join(temporaryFolder(), 'ttySTEDI0');
    const port = plug({ link });
    expect(port.link).toBe(link);
    expect(readlinkSync(link)).toBe(port.path);
    const host = await openHost(link);
    port.write('via link\n');
    expect(await readText(host, 9)).toBe('via link\n');
    await host.close();
    port.close();
    expect(existsSync(link)).toBe(false);
  });

  it.skipIf(!existsSync('/proc/self/fd'))(
    'gives terminal and descriptors back when it is closed, or when its link cannot be made',
    () => {
      const before = readdirSync('/proc/self/fd').length;
      const ports = Array.from({ length: 20 }, () => openVirtualPort());
      expect(readdirSync('/proc/self/fd')).toHaveLength(before + 40);
      for (const port of ports) port.close();
      expect(() => openVirtualPort({ link: tmpdir() })).toThrow(tmpdir());
      expect(readdirSync('/proc/self/fd')).toHaveLength(before);
      expect(ports.filter(({ path }) => existsSync(path))).toEqual([]);
    },
  );
});
