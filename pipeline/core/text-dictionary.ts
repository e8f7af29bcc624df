/** The different texts of a column, found by their bytes: few people send many rows. */

const FIRST_BYTES = 1024;
const FIRST_SLOTS = 256;
const LENGTH_BYTES = 4;
const WORD_BYTES = 4;

/** Numbers texts in the order in which they come, and keeps each of them once. */
export class TextDictionary {
  /** Each text with its length in front, as four bytes with the lowest first. */
  #bytes: Uint8Array = new Uint8Array(FIRST_BYTES);
  #view: DataView = new DataView(this.#bytes.buffer);
  #length = 0;
  /** For each slot the number of its text + 1, or 0. There are always twice as many slots as texts. */
  #slots: Int32Array = new Int32Array(FIRST_SLOTS);
  #hashes: Int32Array = new Int32Array(FIRST_SLOTS);
  #starts: Uint32Array = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  /** How many texts there are. */
  get size(): number {
    return this.#size;
  }

  /** All texts in the order of their numbers, each with its length in front; good until the next one is added. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /**
   * The number of the text from `from` to `end`. Equal bytes have to come with an equal hash; behind `end` there have to be
   * three bytes more, whatever they hold.
   */
  numberOf(text: DataView, from: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (hash ^ (hash >>> 16)) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) return this.#add(text, from, end, { hash, slot });
      if (this.#hashes[number] === hash && this.#isAt(number, text, from, end)) return number;
    }
  }

  /** Forgets all texts. */
  clear(): void {
    this.#slots.fill(0);
    this.#length = 0;
    this.#size = 0;
  }

  #isAt(number: number, text: DataView, from: number, end: number): boolean {
    let mine = this.#starts[number] as number;
    if (this.#view.getInt32(mine, true) !== end - from) return false;
    mine += LENGTH_BYTES;
    let at = from;
    for (; at + WORD_BYTES <= end; at += WORD_BYTES, mine += WORD_BYTES) {
      if (text.getInt32(at, true) !== this.#view.getInt32(mine, true)) return false;
    }
    for (; at < end; at++, mine++) if (text.getUint8(at) !== this.#bytes[mine]) return false;
    return true;
  }

  #add(
    text: DataView,
    from: number,
    end: number,
    { hash, slot }: { readonly hash: number; readonly slot: number },
  ): number {
    const length = end - from;
    this.#reserve(LENGTH_BYTES + length);
    const number = this.#size++;
    this.#hashes[number] = hash;
    this.#starts[number] = this.#length;
    this.#slots[slot] = this.#size;
    this.#view.setInt32(this.#length, length, true);
    const copy = new Uint8Array(text.buffer, text.byteOffset + from, length);
    this.#bytes.set(copy, this.#length + LENGTH_BYTES);
    this.#length += LENGTH_BYTES + length;
    if (2 * this.#size >= this.#slots.length) this.#spread();
    return number;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * needed);
    grown.set(this.bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** Makes twice as many slots. */
  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      const hash = this.#hashes[number] as number;
      let slot = (hash ^ (hash >>> 16)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
    this.#hashes = grown(this.#hashes, new Int32Array(slots.length));
    this.#starts = grown(this.#starts, new Uint32Array(slots.length));
  }
}

function grown<List extends Int32Array | Uint32Array>(values: List, longer: List): List {
  longer.set(values);
  return longer;
}
