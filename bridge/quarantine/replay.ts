/** Lands what can be taken now: each entry once, however often this is done and whatever dies in between. */
import { BridgeError } from '../bridge-error.ts';
import {
  entryId,
  parseReplayNoteKey,
  REPLAY_PREFIX,
  replayNoteFolder,
} from '../core/quarantine-key.ts';
import type { QuarantineObject } from '../core/quarantine-key.ts';
import { decodeAgain } from './decode-again.ts';
import { findQuarantineObjects, readQuarantineObject } from './read-quarantine.ts';
import type { QuarantineFault } from './read-quarantine.ts';
import type { ObjectShelf } from './object-shelf.ts';
import { landNote, makeNote, readNote } from './replay-notes.ts';
import type { Replayed } from './replay-notes.ts';
import { isMeant, mayMean } from './selection.ts';
import type { Selection } from './selection.ts';

/** So many bytes of landing lines are collected for one object. */
const NOTE_BYTES = 8 << 20;
/** Somebody else may be replaying too; but not for ever. */
const LOST_RACES_MAX = 10;

/** What to land again. */
export interface ReplayOptions {
  readonly selection: Selection;
  /** Mended originals by the ids of their entries. */
  readonly corrections?: ReadonlyMap<string, Uint8Array>;
}

/** What came of a replay. */
export interface ReplayResult {
  /** Landed by this replay. */
  readonly entries: number;
  readonly rows: number;
  /** Entries that had been landed before. */
  readonly already: number;
  /** Objects that a replay before this one had prepared and not landed. */
  readonly finished: number;
  /** Entries that still cannot be taken, and why; ids that call no entry have the
   * reason `no-such-entry`, and entries that were named but that the selection leaves out, `not-selected`. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  readonly faults: readonly QuarantineFault[];
}

/** Replays entries. @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED, STORAGE_CORRUPT; it can be done again then */
export async function replayQuarantine(
  shelf: ObjectShelf,
  { selection, corrections = new Map() }: ReplayOptions,
): Promise<ReplayResult> {
  const noteKeys = (await shelf.list(REPLAY_PREFIX)).filter((key) => parseReplayNoteKey(key));
  const notesBy = groupByFolder(noteKeys);
  let finished = 0;
  for (const key of noteKeys) if (await landNote(shelf, key)) finished++;
  const outcome = { entries: 0, rows: 0, already: 0 };
  const refused = new Map<string, string>();
  const faults: QuarantineFault[] = [];
  const found = new Set<string>();
  const leftOut = new Set<string>();
  const onFault = (fault: QuarantineFault): void => void faults.push(fault);
  for (const object of await findQuarantineObjects(shelf, selection, onFault)) {
    const replay = new ObjectReplay(shelf, object, { selection, corrections });
    await replay.run(notesBy.get(replayNoteFolder(object)) ?? [], onFault);
    outcome.entries += replay.entries;
    outcome.rows += replay.rows;
    outcome.already += replay.already;
    for (const [id, reason] of replay.refused) refused.set(id, reason);
    for (const id of replay.found) found.add(id);
    for (const id of replay.leftOut) leftOut.add(id);
  }
  const named = [...(selection.ids ?? []), ...corrections.keys()];
  for (const id of named.filter((name) => !found.has(name))) {
    refused.set(id, whyNot(id, selection, leftOut));
  }
  return {
    ...outcome,
    finished,
    refused: [...refused].map(([id, reason]) => ({ id, reason })),
    faults,
  };
}

/** Why an entry that was named was not replayed. */
function whyNot(id: string, selection: Selection, leftOut: ReadonlySet<string>): string {
  return leftOut.has(id) || !mayMean(selection, id) ? 'not-selected' : 'no-such-entry';
}

/** The replay of one quarantine object. */
class ObjectReplay {
  readonly #shelf: ObjectShelf;
  readonly #object: QuarantineObject;
  readonly #options: Required<ReplayOptions>;
  /** Lines that notes hold, ours included. */
  readonly #noted = new Set<number>();
  readonly #ours = new Set<number>();
  readonly #notes = new Set<number>();
  entries = 0;
  rows = 0;
  already = 0;
  readonly refused: Map<string, string> = new Map();
  /** Entries that are meant. */
  readonly found: Set<string> = new Set();
  /** Entries that were named, and that the selection leaves out all the same. */
  readonly leftOut: Set<string> = new Set();

  constructor(shelf: ObjectShelf, object: QuarantineObject, options: Required<ReplayOptions>) {
    this.#shelf = shelf;
    this.#object = object;
    this.#options = options;
  }

  async run(noteKeys: readonly string[], onFault: (fault: QuarantineFault) => void): Promise<void> {
    await this.#catchUp(noteKeys);
    let fresh: Replayed[] = [];
    let bytes = 0;
    for await (const entry of readQuarantineObject(this.#shelf, this.#object, onFault)) {
      const { selection, corrections } = this.#options;
      if (!isMeant(selection, entry)) {
        const isNamed = selection.ids?.has(entry.id) === true || corrections.has(entry.id);
        if (isNamed) this.leftOut.add(entry.id);
        continue;
      }
      this.found.add(entry.id);
      if (this.#noted.has(entry.line)) {
        this.already++;
        continue;
      }
      const decoded = decodeAgain(entry, corrections.get(entry.id));
      if (decoded.kind === 'refused') {
        this.refused.set(entry.id, decoded.reason);
        continue;
      }
      const landing = Buffer.from(decoded.lines).toString();
      fresh.push({ line: entry.line, rows: decoded.rows, landing });
      bytes += landing.length;
      if (bytes < NOTE_BYTES) continue;
      await this.#land(fresh);
      fresh = [];
      bytes = 0;
    }
    await this.#land(fresh);
  }

  /** Notes first, then lands what the note holds. Whoever notes an entry first is the one who lands it. */
  async #land(entries: readonly Replayed[]): Promise<void> {
    for (let races = 0; races < LOST_RACES_MAX; races++) {
      const fresh = entries.filter(({ line }) => !this.#noted.has(line));
      if (fresh.length === 0) break;
      const note = await makeNote(this.#object, Math.max(0, ...this.#notes) + 1, fresh);
      if (await this.#shelf.putNew(note)) for (const { line } of fresh) this.#ours.add(line);
      await this.#catchUp(await this.#shelf.list(replayNoteFolder(this.#object)));
    }
    for (const { line, rows } of entries) {
      if (!this.#noted.has(line)) throw lostTooManyRaces(entryId({ object: this.#object, line }));
      if (this.#ours.has(line)) {
        this.entries++;
        this.rows += rows;
      } else this.already++;
    }
  }

  /** Learns of notes that are new, and lands what they hold: those of others too, who may have died since. */
  async #catchUp(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const note = parseReplayNoteKey(key);
      if (note?.object.name !== this.#object.name || this.#notes.has(note.number)) continue;
      this.#notes.add(note.number);
      await landNote(this.#shelf, key);
      for (const { line } of await readNote(this.#shelf, key)) this.#noted.add(line);
    }
  }
}

function groupByFolder(keys: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    const group = groups.get(folder) ?? [];
    groups.set(folder, group);
    group.push(key);
  }
  return groups;
}

function lostTooManyRaces(id: string): BridgeError {
  return new BridgeError(
    'STORAGE_REFUSED',
    `Another replay took each turn before ${id} had one. Let it end, then start again.`,
  );
}
