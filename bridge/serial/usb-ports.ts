import { findPorts } from './find-ports.ts';

/** What serialport tells of a port. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
}

/** What finds the USB serial ports of a machine. */
export interface UsbPortsOptions {
  /** All serial ports as the system knows them; that of serialport if not given. */
  readonly list?: () => Promise<readonly ListedPort[]>;
  /** Where to look when that fails, and what tells that something was plugged in. */
  readonly patterns?: readonly string[];
  /** Told once when the system cannot be asked. */
  readonly onUnlisted: (cause: unknown) => void;
}

/** Where Linux has them. */
const USB_PATTERNS: readonly string[] = ['/dev/ttyUSB*', '/dev/ttyACM*'];
/** Asking the system starts a process on Linux: it is done when something has changed, and now and then. */
const LOOKS_PER_LIST = 10;

/** The USB serial ports of this machine. */
export class UsbPorts {
  readonly #list: () => Promise<readonly ListedPort[]>;
  readonly #patterns: readonly string[];
  readonly #onUnlisted: (cause: unknown) => void;
  #canList = true;
  #listed: readonly string[] = [];
  #seen: string | undefined;
  #looks = 0;

  constructor({ list = listPorts, patterns = USB_PATTERNS, onUnlisted }: UsbPortsOptions) {
    this.#list = list;
    this.#patterns = patterns;
    this.#onUnlisted = onUnlisted;
  }

  /** The paths of the ports that are plugged in. */
  async find(): Promise<readonly string[]> {
    const inFolder = (await Promise.all(this.#patterns.map(findPorts))).flat();
    const seen = inFolder.join('\n');
    const isDue = this.#looks++ % LOOKS_PER_LIST === 0;
    if (this.#canList && (isDue || seen !== this.#seen)) await this.#ask();
    this.#seen = seen;
    return [...new Set([...inFolder, ...this.#listed])];
  }

  async #ask(): Promise<void> {
    try {
      const ports = await this.#list();
      this.#listed = ports.filter(({ vendorId }) => vendorId).map(({ path }) => path);
    } catch (error) {
      this.#canList = false;
      this.#onUnlisted(error);
    }
  }
}

/** Throws where the service that knows the devices is missing, as in most containers. */
async function listPorts(): Promise<readonly ListedPort[]> {
  const { SerialPort } = await import('serialport');
  return SerialPort.list();
}
