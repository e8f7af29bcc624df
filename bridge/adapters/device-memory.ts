import {
  closeSync,
  constants,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  decodeMemoryFile,
  encodeHeader,
  encodeReading,
  PIECE_BYTES,
} from '../core/device-memory-file.ts';
import type { MemoryHeader } from '../core/device-memory-file.ts';
import type { LastReading } from '../core/device-roster.ts';
import type { ReadingMemory } from '../ports.ts';

/** The file in the folder of the spool. */
export const MEMORY_FILE = 'devices';
/** More devices than a bridge has ports; whoever sent nothing for the longest is forgotten first. */
const DEVICES_MAX = 256;
const FILE_MODE = 0o600;
const HOST_BOOT_FILE = '/proc/sys/kernel/random/boot_id';

/** Whose last readings they are. */
export interface DeviceMemoryOptions {
  readonly spoolId: string;
  readonly hostBoot: string | undefined;
}

/** An id of the time since this machine was started; `undefined` where the system has none. */
export function hostBootId(): string | undefined {
  try {
    return /^[0-9a-f-]{36}$/.exec(readFileSync(HOST_BOOT_FILE, 'latin1').trim())?.[0];
  } catch {
    return undefined;
  }
}

/**
 * The last readings of devices, in a small file beside the spool. It is overwritten in place and not synced: that survives
 * the death of the process. After a loss of power it may hold anything older, by which readings that landed would count as
 * missing: so it is believed only within the same boot of the machine, or after an end at which it was synced.
 */
export class DeviceMemory implements ReadingMemory {
  readonly remembered: readonly LastReading[];
  readonly #header: MemoryHeader;
  /** Pieces by serial number; who sent last is last. */
  readonly #pieces = new Map<string, number>();
  readonly #path: string;
  #fd: number | undefined;

  private constructor(
    path: string,
    fd: number | undefined,
    header: MemoryHeader,
    remembered: readonly LastReading[],
  ) {
    this.#path = path;
    this.#fd = fd;
    this.#header = header;
    this.remembered = remembered;
  }

  /** Takes over what an earlier start left. A file that cannot be used is no failure: then nothing is remembered. */
  static open(folder: string, options: DeviceMemoryOptions): DeviceMemory {
    const path = join(folder, MEMORY_FILE);
    const header = { ...options, hasEnded: false };
    let fd: number | undefined;
    try {
      fd = openSync(path, constants.O_RDWR | constants.O_CREAT, FILE_MODE);
      const before = decodeMemoryFile(readFileSync(fd), crc32);
      const remembered = isSound(before.header, options) ? before.readings : [];
      const memory = new DeviceMemory(path, fd, header, remembered);
      memory.#begin();
      return memory;
    } catch {
      if (fd !== undefined) closeSync(fd);
      removeIfPossible(path);
      return new DeviceMemory(path, undefined, header, []);
    }
  }

  keep(last: LastReading): void {
    const piece = this.#pieceOf(last.serialNumber);
    this.#write(
      (fd) => void writeSync(fd, encodeReading(last, crc32), 0, PIECE_BYTES, piece * PIECE_BYTES),
    );
  }

  /** Makes durable what is known, for the next start. */
  close(): void {
    this.#write((fd) => {
      fdatasyncSync(fd);
      writeSync(fd, encodeHeader({ ...this.#header, hasEnded: true }, crc32), 0, PIECE_BYTES, 0);
      fdatasyncSync(fd);
    });
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Before the first reading, the file must not say any more that it was finished. */
  #begin(): void {
    const fd = this.#fd as number;
    ftruncateSync(fd, 0);
    writeSync(fd, encodeHeader(this.#header, crc32), 0, PIECE_BYTES, 0);
    for (const last of this.remembered) this.keep(last);
    fdatasyncSync(fd);
  }

  /** Where the reading of a device stands; its old place, a new one, or that of the device that is forgotten. */
  #pieceOf(serialNumber: string): number {
    const pieces = this.#pieces;
    let piece = pieces.get(serialNumber);
    pieces.delete(serialNumber);
    const [oldest] = pieces;
    if (piece === undefined && oldest !== undefined && pieces.size >= DEVICES_MAX) {
      pieces.delete(oldest[0]);
      piece = oldest[1];
    }
    piece ??= pieces.size + 1;
    pieces.set(serialNumber, piece);
    return piece;
  }

  /** A disk that takes nothing shows with the next record; a memory that is behind would count wrong, and is given up. */
  #write(action: (fd: number) => void): void {
    if (this.#fd === undefined) return;
    try {
      action(this.#fd);
    } catch {
      closeSync(this.#fd);
      this.#fd = undefined;
      removeIfPossible(this.#path);
    }
  }
}

function isSound(
  header: MemoryHeader | undefined,
  { spoolId, hostBoot }: DeviceMemoryOptions,
): boolean {
  if (header?.spoolId !== spoolId) return false;
  return header.hasEnded || (hostBoot !== undefined && header.hostBoot === hostBoot);
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Then it cannot be read the next time either, or is as old as it was.
  }
}
