/** A file that grows, and what of it is on the disk already. */
import { drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import { SystemFailure } from './system-failure.ts';

/** An error as the system reports it, with its `code`. */
export function systemError(code: string, message: string): SystemFailure {
  return new SystemFailure(code, message);
}

/** The content that processes see, and the content that would be left without power. */
export class SimFile {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(256);
  #length = 0;
  #durable = 0;
  /** What was durable before a cut that is not durable itself. */
  #beforeCut: Uint8Array<ArrayBuffer> | undefined;
  /** After a sync that failed, the system holds the bytes to be written, and never writes them again. */
  #isForgotten = false;

  get length(): number {
    return this.#length;
  }

  /** A copy of what processes see. */
  read(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  cut(length: number): void {
    if (length >= this.#length) return;
    if (length < this.#durable) {
      this.#beforeCut ??= this.#bytes.slice(0, this.#durable);
      this.#durable = length;
    }
    this.#length = length;
  }

  /** Makes the first `length` bytes durable. */
  sync(length: number): void {
    if (this.#isForgotten) return;
    this.#durable = Math.max(this.#durable, Math.min(length, this.#length));
    this.#beforeCut = undefined;
  }

  /** What is not durable by now never will be. */
  forget(): void {
    this.#isForgotten = true;
  }

  /** Keeps what is durable, and of the rest nothing, a part, or its length in zeros. True when a part was left. */
  losePower(random: Random): boolean {
    if (this.#beforeCut !== undefined && drawInteger(random, 0, 1) === 0) {
      this.#bytes = this.#beforeCut;
      this.#length = this.#beforeCut.length;
    } else {
      const more = this.#length - this.#durable;
      const kept = drawInteger(random, 0, more);
      const way = drawInteger(random, 0, 2);
      this.#length = this.#durable + (way === 0 ? 0 : kept);
      if (way === 2) this.#bytes.fill(0, this.#durable, this.#length);
    }
    const isTorn = this.#length > this.#durable;
    this.#durable = this.#length;
    this.#beforeCut = undefined;
    this.#isForgotten = false;
    return isTorn;
  }

  damage(offset: number, bytes: Uint8Array): void {
    this.#bytes.set(bytes, offset);
  }
}
