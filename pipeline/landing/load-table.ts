/** Loads the objects of one landing table into the engine, each object once. */
import { setImmediate } from 'node:timers/promises';
import type { LandingObject, LandingSource } from './landing-object.ts';
import type { LandingSink } from './landing-sink.ts';
import type { KnownObject } from './landing-state.ts';
import type { ObjectAccount } from './object-batch.ts';
import { ObjectInserter } from './object-inserter.ts';
import { ObjectReader } from './object-reader.ts';
import type { FetchedObject, ReadyObject } from './object-reader.ts';
import type { Quarantine } from './quarantine.ts';

/** What loading a table needs. */
export interface TableLoad {
  readonly sink: LandingSink;
  readonly source: LandingSource;
  /** All objects of the table in their order. */
  readonly objects: readonly LandingObject[];
  /** What is known of the objects that did not change, by name. */
  readonly known: ReadonlyMap<string, KnownObject>;
  /** The number of the first object that is read. */
  readonly nextNumber: number;
  readonly quarantine: Quarantine;
  /** Folder for unpacked objects and clean copies. */
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
  /** Is told when an object was looked at. */
  readonly onObject: ((object: LandingObject) => void) | undefined;
}

/** How many objects are fetched beside the one that is looked through. */
const AHEAD = 4;
const OBJECTS_PER_TURN = 16;

/** Fills the table with the objects that are not cached, and gives the books of all of them in their order. */
export async function loadTable(load: TableLoad): Promise<ObjectAccount[]> {
  const { objects, signal, onObject } = load;
  const reader = new ObjectReader(load);
  const inserter = new ObjectInserter(load);
  const books = new TableBooks(load);
  const ahead: Promise<FetchedObject | undefined>[] = [];
  try {
    for (const [index, object] of objects.entries()) {
      while (ahead.length < Math.min(AHEAD, objects.length - index)) {
        const next = objects[index + ahead.length] as LandingObject;
        const reading = books.isCached(next) ? Promise.resolve(undefined) : reader.fetch(next);
        // A failure is passed on when the turn of its object comes.
        reading.catch(() => undefined);
        ahead.push(reading);
      }
      const fetched = await ahead.shift();
      signal?.throwIfAborted();
      const ready = fetched && reader.open(fetched);
      const account = books.enter(object, ready);
      if (ready !== undefined) await inserter.take(ready, account);
      onObject?.(object);
      // Small objects are read without waiting for anything: everybody else gets a turn after some of them.
      if (index % OBJECTS_PER_TURN === 0) await setImmediate();
    }
    await inserter.end();
    return books.accounts;
  } finally {
    inserter.close();
    // Nothing may still write when the scratch folder is removed.
    await Promise.allSettled(ahead);
  }
}

/** Decides in the order of the objects, so that it is always the same one of several that counts. */
class TableBooks {
  readonly accounts: ObjectAccount[] = [];
  readonly #known: ReadonlyMap<string, KnownObject>;
  /** The bytes of which there are cached rows. */
  readonly #cached: ReadonlySet<string>;
  readonly #originals = new Map<string, ObjectAccount>();
  #nextNumber: number;

  constructor({ known, nextNumber }: TableLoad) {
    this.#known = known;
    this.#nextNumber = nextNumber;
    const numbered = [...known.values()].filter(({ number }) => number !== undefined);
    this.#cached = new Set(numbered.map(({ sha256 }) => sha256));
  }

  /** Whether an object need not be read: it has cached rows, or its bytes are those of one that has. */
  isCached({ name }: LandingObject): boolean {
    const known = this.#known.get(name);
    return known !== undefined && this.#cached.has(known.sha256);
  }

  /** Opens the account of an object, which was read unless it is cached. */
  enter({ name, tag, bytes }: LandingObject, ready: ReadyObject | undefined): ObjectAccount {
    const before = this.#before(name, ready);
    const original = this.#originals.get(before.sha256 ?? '');
    const object = { ...before, name, tag, bytes, isReread: ready !== undefined };
    const account =
      original === undefined ? object : { ...object, original, rows: 0, quarantined: 0 };
    this.accounts.push(account);
    if (object.sha256 !== undefined && original === undefined) {
      this.#originals.set(object.sha256, account);
    }
    return account;
  }

  /** What the account of an object begins with. */
  #before(
    name: string,
    ready: ReadyObject | undefined,
  ): Pick<ObjectAccount, 'sha256' | 'number' | 'rows' | 'quarantined' | 'isSetAside'> {
    const known = this.#known.get(name);
    if (ready !== undefined || known === undefined) {
      return { sha256: ready?.sha256, number: this.#nextNumber++, rows: 0, quarantined: 0 };
    }
    const { sha256, rows, quarantined, isSetAside, number = this.#nextNumber++ } = known;
    return { sha256, rows, quarantined, number, ...(isSetAside && { isSetAside }) };
  }
}
