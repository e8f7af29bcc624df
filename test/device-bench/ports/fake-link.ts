/** A far end that a test scripts, on virtual time. */
import type { DeviceLink } from '../../../device-bench/index.ts';
import { VirtualTime } from '../../../simulator/index.ts';

export class FakeLink implements DeviceLink {
  readonly timers: VirtualTime = new VirtualTime(0);
  readonly byteMs = 0;
  /** What the host sent. */
  readonly written: string[] = [];
  /** Called with what the host sends. */
  onWrite: (bytes: string) => void = () => undefined;
  #onData: (chunk: Uint8Array) => void = () => undefined;
  #onClose: () => void = () => undefined;

  write(bytes: string): void {
    this.written.push(bytes);
    this.onWrite(bytes);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  /** The device says something. */
  say(bytes: string): void {
    this.#onData(Buffer.from(bytes, 'latin1'));
  }

  /** The device goes. */
  vanish(): void {
    this.#onClose();
  }
}
