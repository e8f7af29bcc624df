const FIRST_BYTES = 1_024;

/** Bytes that are written one after the other; numbers are little-endian, varints as in Thrift and Parquet. */
export class ByteList {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What has been written; valid until more is. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  uint32(value: number): void {
    this.#reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.#length++] = value >>> shift;
  }

  /** A whole number from 0 to 2^53 − 1 as an unsigned varint. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** Numbers of `bits` each (1–24), the first in the lowest bits; the last byte is filled with zeros. */
  packed(values: Uint32Array, bits: number): void {
    this.#reserve(Math.ceil((values.length * bits) / 8));
    let held = 0;
    let heldBits = 0;
    for (let index = 0; index < values.length; index++) {
      held |= (values[index] as number) << heldBits;
      heldBits += bits;
      for (; heldBits >= 8; heldBits -= 8) {
        this.#bytes[this.#length++] = held;
        held >>>= 8;
      }
    }
    if (heldBits > 0) this.#bytes[this.#length++] = held;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
