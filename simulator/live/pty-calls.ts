import { createRequire } from 'node:module';
import { getSystemErrorName } from 'node:util';

import type * as koffi from 'koffi';

import { SimulatorError } from '../simulator-error.ts';

type Koffi = typeof koffi;

/** The longest `struct termios` of the C libraries we know is 72 bytes; we never look inside. */
const TERMIOS_BYTES = 256;
const NAME_BYTES = 128;
const APPLY_NOW = 0; // TCSANOW

/** The calls that make a pseudo-terminal usable and that Node does not offer. */
export interface PtyCalls {
  /** Unlocks the other end of the master `fd` and gives its path. @throws SimulatorError `PTY_UNAVAILABLE` */
  unlock(fd: number): string;
  /** Switches off echo, line editing and every translation of bytes. @throws SimulatorError `PTY_UNAVAILABLE` */
  makeRaw(fd: number): void;
}

let loaded: PtyCalls | undefined;

/**
 * Loads the calls from the C library of this process, once.
 *
 * It happens on first use, not on import: a machine that cannot load native code still runs everything but PTYs.
 * @throws SimulatorError `PTY_UNAVAILABLE`
 */
export function loadPtyCalls(): PtyCalls {
  loaded ??= bindPtyCalls();
  return loaded;
}

function bindPtyCalls(): PtyCalls {
  try {
    return new LibcPtyCalls(createRequire(import.meta.url)('koffi') as Koffi);
  } catch (error) {
    throw unavailable('the C library cannot be called from Node', error);
  }
}

/** The one error of this file and of the port on top of it. `problem` completes "Virtual serial ports do not work here: …". */
export function unavailable(problem: string, cause?: unknown): SimulatorError {
  return new SimulatorError(
    'PTY_UNAVAILABLE',
    `Virtual serial ports do not work here: ${problem}. Use a Linux machine with /dev/ptmx and /dev/pts, or run with --mode sim, which needs no ports.`,
    { cause },
  );
}

type NativeCall = (...args: readonly unknown[]) => number;

class LibcPtyCalls implements PtyCalls {
  readonly #errno: () => number;
  readonly #grantpt: NativeCall;
  readonly #unlockpt: NativeCall;
  readonly #ptsname: NativeCall;
  readonly #tcgetattr: NativeCall;
  readonly #tcsetattr: NativeCall;
  readonly #cfmakeraw: NativeCall;

  constructor(native: Koffi) {
    const libc = native.load(null);
    this.#errno = () => native.errno();
    this.#grantpt = libc.func('int grantpt(int fd)') as NativeCall;
    this.#unlockpt = libc.func('int unlockpt(int fd)') as NativeCall;
    this.#ptsname = libc.func('int ptsname_r(int fd, void *name, size_t size)') as NativeCall;
    this.#tcgetattr = libc.func('int tcgetattr(int fd, void *termios)') as NativeCall;
    this.#tcsetattr = libc.func('int tcsetattr(int fd, int when, void *termios)') as NativeCall;
    this.#cfmakeraw = libc.func('void cfmakeraw(void *termios)') as NativeCall;
  }

  unlock(fd: number): string {
    this.#check('grantpt', this.#grantpt(fd));
    this.#check('unlockpt', this.#unlockpt(fd));
    const name = Buffer.alloc(NAME_BYTES);
    this.#check('ptsname_r', this.#ptsname(fd, name, NAME_BYTES));
    return name.toString('latin1', 0, name.indexOf(0));
  }

  makeRaw(fd: number): void {
    const termios = Buffer.alloc(TERMIOS_BYTES);
    this.#check('tcgetattr', this.#tcgetattr(fd, termios));
    this.#cfmakeraw(termios);
    this.#check('tcsetattr', this.#tcsetattr(fd, APPLY_NOW, termios));
  }

  #check(call: string, result: number): void {
    if (result !== 0)
      throw unavailable(`${call} failed with ${getSystemErrorName(-this.#errno())}`);
  }
}
