import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

import { createPortLink, removePortLink } from './port-link.ts';
import { loadPtyCalls, unavailable } from './pty-calls.ts';
import type { PtyCalls } from './pty-calls.ts';

const MULTIPLEXER = '/dev/ptmx';

/** The device's end of a serial cable: a real pseudo-terminal whose other end any serial program can open. */
export interface VirtualPort {
  /** The path that a host opens, `/dev/pts/N`. */
  readonly path: string;
  /** The symbolic link to {@link path}, when one was asked for. */
  readonly link: string | undefined;
  /**
   * Sends `bytes`, one byte per character (latin1), and returns how many were taken, 0 after `close`.
   *
   * About 20 kB wait when no host reads; what comes on top is not taken, like bytes that overrun a UART.
   */
  write(bytes: string): number;
  /** Calls `listener` with what a host sends. The chunk is the listener's to keep. Until the first listener it waits. */
  onData(listener: (chunk: Uint8Array) => void): void;
  /** Leaves what a host sends in the terminal's own buffer: once that is full, the host's writes wait. */
  pause(): void;
  /** Takes what a host sends again. */
  resume(): void;
  /** Unplugs the cable: hosts see a disconnect, the link is removed. May be called again. */
  close(): void;
}

/**
 * Opens a pseudo-terminal in raw mode.
 *
 * Hosts may open, close and open it again; what the device sent in between waits for the next one, as in the buffer of
 * a USB adapter. The port keeps the process alive until it is closed.
 * @throws SimulatorError `PTY_UNAVAILABLE`, `LINK_EXISTS`, `LINK_FAILED`
 */
export function openVirtualPort(options: { readonly link?: string } = {}): VirtualPort {
  const { link } = options;
  const port = new PseudoTerminal(openPair(loadPtyCalls()), link);
  try {
    if (link !== undefined) createPortLink(link, port.path);
  } catch (error) {
    port.close();
    throw error;
  }
  return port;
}

interface TerminalPair {
  readonly path: string;
  readonly master: number;
  readonly slave: number;
}

function openPair(calls: PtyCalls): TerminalPair {
  const master = openTerminal(MULTIPLEXER);
  let slave: number | undefined;
  try {
    const path = calls.unlock(master);
    // Our own open slave keeps the master alive while no host has the port open. Nobody reads from it.
    slave = openTerminal(path);
    // Echo would send every reading back to the device as if it were a command.
    calls.makeRaw(slave);
    return { path, master, slave };
  } catch (error) {
    if (slave !== undefined) closeSync(slave);
    closeSync(master);
    throw error;
  }
}

function openTerminal(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    throw unavailable(`${path} cannot be opened`, error);
  }
}

class PseudoTerminal implements VirtualPort {
  readonly path: string;
  readonly link: string | undefined;
  readonly #pair: TerminalPair;
  readonly #input: ReadStream;
  #open = true;

  constructor(pair: TerminalPair, link: string | undefined) {
    this.path = pair.path;
    this.link = link;
    this.#pair = pair;
    // Waits in the event loop's poll, so that an idle port costs nothing. It owns the master from here on.
    this.#input = new ReadStream(pair.master);
    this.#input.on('error', () => this.close());
  }

  write(bytes: string): number {
    if (!this.#open || bytes === '') return 0;
    try {
      return writeSync(this.#pair.master, Buffer.from(bytes, 'latin1'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw error;
    }
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#input.on('data', listener);
  }

  pause(): void {
    this.#input.pause();
  }

  resume(): void {
    if (this.#input.isPaused()) this.#input.resume();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.link !== undefined) removePortLink(this.link, this.path);
    this.#input.destroy();
    closeSync(this.#pair.slave);
  }
}
