import type { Random } from '../../simulator/core/random.ts';

const PAGE_BYTES = 4_096;
const SECTOR_BYTES = 512;

/** A file on a disk that loses power: what the running system reads, and what is on the platter. */
export class PowerLossFile {
  #cached = new Uint8Array(PAGE_BYTES);
  #length = 0;
  #durableLength = 0;
  readonly #platter = new Map<number, Uint8Array>();
  /** Pages that no sync has been asked to keep since they were written. */
  readonly #dirty = new Set<number>();
  /** Pages that may differ from the platter: dirty, being synced, or given up by a failed sync. */
  readonly #unsure = new Set<number>();

  get length(): number {
    return this.#length;
  }

  contents(): Uint8Array<ArrayBuffer> {
    return this.#cached.slice(0, this.#length);
  }

  write(bytes: Uint8Array): void {
    const end = this.#length + bytes.length;
    if (end > this.#cached.length) {
      const grown = new Uint8Array(Math.max(pagesOf(end) * PAGE_BYTES, 2 * this.#cached.length));
      grown.set(this.#cached);
      this.#cached = grown;
    }
    this.#cached.set(bytes, this.#length);
    for (let page = Math.floor(this.#length / PAGE_BYTES); page < pagesOf(end); page++) {
      this.#dirty.add(page);
      this.#unsure.add(page);
    }
    this.#length = end;
  }

  /** Puts bytes in the place of as many. */
  rewrite(bytes: Uint8Array, offset: number): void {
    this.#cached.set(bytes, offset);
    for (
      let page = Math.floor(offset / PAGE_BYTES);
      page < pagesOf(offset + bytes.length);
      page++
    ) {
      this.#dirty.add(page);
      this.#unsure.add(page);
    }
  }

  cut(bytes: number): void {
    this.#cached.fill(0, bytes, this.#length);
    for (let page = Math.floor(bytes / PAGE_BYTES); page < pagesOf(this.#length); page++) {
      this.#dirty.add(page);
      this.#unsure.add(page);
    }
    this.#length = Math.min(this.#length, bytes);
  }

  /** What a sync that begins now has to keep. Those pages are clean from now on. */
  dirtyPages(): DirtyPages {
    const pages = new Map<number, Uint8Array>();
    for (const page of this.#dirty) pages.set(page, this.#page(page));
    this.#dirty.clear();
    return { pages, length: this.#length };
  }

  /** The sync is done. */
  keep({ pages, length }: DirtyPages): void {
    for (const [page, bytes] of pages) {
      this.#platter.set(page, bytes);
      if (!this.#dirty.has(page)) this.#unsure.delete(page);
    }
    this.#durableLength = length;
  }

  /** The sync failed: the pages are clean to the system and not on the platter. */
  forget({ pages }: DirtyPages): void {
    for (const page of pages.keys()) this.#unsure.add(page);
  }

  damage(offset: number, bytes: Uint8Array): void {
    const kept = bytes.subarray(0, Math.max(0, this.#length - offset));
    this.#cached.set(kept, offset);
    for (let page = Math.floor(offset / PAGE_BYTES); page < pagesOf(offset + kept.length); page++) {
      this.#platter.set(page, this.#page(page));
    }
  }

  /** From now on the file is what of it was on the platter, or came there by chance. */
  losePower(random: Random): void {
    const length = this.#length === this.#durableLength ? this.#length : this.#drawLength(random);
    const pages = pagesOf(Math.max(length, this.#length));
    const cached = new Uint8Array(Math.max(1, pages) * PAGE_BYTES);
    for (let page = 0; page < pages; page++) {
      const bytes = this.#unsure.has(page)
        ? this.#drawPage(page, random)
        : (this.#platter.get(page) ?? new Uint8Array(PAGE_BYTES));
      cached.set(bytes, page * PAGE_BYTES);
      this.#platter.set(page, bytes.slice());
    }
    cached.fill(0, length);
    this.#cached = cached;
    this.#length = length;
    this.#durableLength = length;
    this.#dirty.clear();
    this.#unsure.clear();
  }

  #drawLength(random: Random): number {
    const draw = random.next();
    if (draw < 0.3) return this.#durableLength;
    if (draw < 0.7) return this.#length;
    const between = this.#durableLength + random.next() * (this.#length - this.#durableLength);
    return Math.floor(between);
  }

  /** The old page, the new one, or the first sectors of the new one over the old. */
  #drawPage(page: number, random: Random): Uint8Array {
    const old = this.#platter.get(page)?.slice() ?? new Uint8Array(PAGE_BYTES);
    const draw = random.next();
    if (draw < 0.4) return old;
    const fresh = this.#page(page);
    if (draw < 0.8) return fresh;
    const sectors = Math.floor(random.next() * (PAGE_BYTES / SECTOR_BYTES));
    old.set(fresh.subarray(0, sectors * SECTOR_BYTES));
    return old;
  }

  #page(page: number): Uint8Array {
    const bytes = new Uint8Array(PAGE_BYTES);
    bytes.set(this.#cached.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
    return bytes;
  }
}

/** Pages that a sync is about to keep, as they were when it began. */
export interface DirtyPages {
  readonly pages: ReadonlyMap<number, Uint8Array>;
  readonly length: number;
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
