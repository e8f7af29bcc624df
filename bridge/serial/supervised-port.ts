import { BridgeError } from '../bridge-error.ts';
import type { AttachedPort, Bridge } from '../bridge.ts';
import type { SerialChannel } from '../adapters/serial-port.ts';
import type { SerialWorld } from './serial-world.ts';

/**
 * How a port is: `waiting` for something to be there, `open`, `busy` while another program has it, `refused` when it
 * cannot be opened for another reason.
 */
export type PortState = 'waiting' | 'open' | 'busy' | 'refused';

/** What happened to a port. The `error` is there for `busy` and `refused`. */
export interface PortChange {
  readonly path: string;
  readonly before: PortState;
  readonly state: PortState;
  readonly error: BridgeError | undefined;
}

/** What a port is supervised with. */
export interface SupervisedPortOptions {
  readonly path: string;
  readonly baudRate: number;
  readonly world: Pick<SerialWorld, 'open'>;
  readonly bridge: Pick<Bridge, 'attach'>;
  /** Told of each change, not of each attempt. */
  readonly onChange: (change: PortChange) => void;
}

/** A port that refuses is tried at the next look, then at the second after that, and so on up to every tenth. */
const LOOKS_BETWEEN_MAX = 10;
/** A name that is gone for so many looks in a row is given up although the port behind it says nothing. */
const LOOKS_WITHOUT_NAME = 3;

/** One name of a serial port: it is opened whenever something is there, and given to the bridge. */
export class SupervisedPort {
  readonly #options: SupervisedPortOptions;
  #state: PortState = 'waiting';
  #code: string | undefined;
  #target: string | undefined;
  #channel: SerialChannel | undefined;
  #attached: AttachedPort | undefined;
  #opening: Promise<void> | undefined;
  #attempts = 0;
  #looksToGo = 0;
  #looksWithoutName = 0;
  #mayOpen = true;
  #isClosed = false;

  constructor(options: SupervisedPortOptions) {
    this.#options = options;
  }

  get path(): string {
    return this.#options.path;
  }

  get state(): PortState {
    return this.#state;
  }

  /** What the bridge made of the port; `undefined` while it is not open. */
  get attached(): AttachedPort | undefined {
    return this.#attached;
  }

  /** What is open, or about to be: no other name of it may be opened. */
  get holds(): string | undefined {
    return this.#channel !== undefined || this.#opening !== undefined ? this.#target : undefined;
  }

  /** Does what is to be done, now that the name leads to `target`. */
  look(target: string | undefined): void {
    if (!this.#mayOpen || this.#opening !== undefined) return;
    if (this.#channel !== undefined) this.#lookAtOpen(this.#channel, target);
    else if (target === undefined) this.#become('waiting', undefined);
    else this.#tryToOpen(target);
  }

  /** What is not open stays closed, for good. */
  openNoMore(): void {
    this.#mayOpen = false;
  }

  /** Gives the port back, for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#mayOpen = false;
    await this.#opening;
    await this.#channel?.close();
  }

  /** The name may lead elsewhere by now: what is open is then another port, and maybe another device. */
  #lookAtOpen(channel: SerialChannel, target: string | undefined): void {
    if (target === this.#target) {
      this.#looksWithoutName = 0;
    } else if (target !== undefined || ++this.#looksWithoutName >= LOOKS_WITHOUT_NAME) {
      void channel.close();
    }
  }

  #tryToOpen(target: string): void {
    if (target !== this.#target) this.#attempts = this.#looksToGo = 0;
    this.#target = target;
    if (this.#looksToGo > 0) this.#looksToGo--;
    else this.#opening = this.#open().finally(() => (this.#opening = undefined));
  }

  async #open(): Promise<void> {
    const { path, baudRate, world } = this.#options;
    try {
      const channel = await world.open({ path, baudRate });
      if (this.#mayOpen) this.#take(channel);
      else await channel.close();
    } catch (error) {
      this.#refuse(error);
    }
  }

  #take(channel: SerialChannel): void {
    const { bridge, baudRate } = this.#options;
    this.#channel = channel;
    this.#attempts = 0;
    this.#looksWithoutName = 0;
    this.#become('open', undefined);
    this.#attached = bridge.attach(channel, baudRate);
    channel.onClose(({ error }) => {
      this.#channel = undefined;
      this.#attached = undefined;
      if (!this.#isClosed) this.#become('waiting', error);
    });
  }

  #refuse(cause: unknown): void {
    const error =
      cause instanceof BridgeError
        ? cause
        : new BridgeError(
            'SERIAL_PORT_FAILED',
            `The serial port ${this.path} cannot be opened. Check that it is a serial port.`,
            { cause },
          );
    // It may have gone away since it was seen.
    if (error.code === 'SERIAL_PORT_NOT_FOUND') return this.#become('waiting', undefined);
    this.#looksToGo = Math.min(LOOKS_BETWEEN_MAX, 2 ** this.#attempts++) - 1;
    this.#become(error.code === 'SERIAL_PORT_BUSY' ? 'busy' : 'refused', error);
  }

  #become(state: PortState, error: BridgeError | undefined): void {
    const before = this.#state;
    if (state === before && (state !== 'refused' || error?.code === this.#code)) return;
    this.#state = state;
    this.#code = error?.code;
    this.#options.onChange({ path: this.path, before, state, error });
  }
}
