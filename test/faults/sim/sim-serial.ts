/** A device of level 0 on a serial cable: raw lines in chunks of any size, damaged or unplugged in the middle. */
import type { SerialChannel } from '../../../bridge/index.ts';
import { drawChance, drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import type { SentRow } from '../oracle.ts';
import type { SimIntake } from './sim-intake.ts';
import type { Machine } from './sim-process.ts';

/** What the faults of cables came to. */
export interface SerialTally {
  garbled: number;
  unplugged: number;
  cutByDeath: number;
}

interface SerialRow {
  readonly line: string;
  readonly poison: boolean;
  /** Whether the bridge may be held to it: it was read as a whole, and has been written since. */
  isRead: boolean;
  isSafe: boolean;
}

const CHUNK_BYTES_MAX = 90;
const CHUNK_MS = [1, 12] as const;

/** One cable with the device at its far end, which talks whether anybody listens or not. */
export class SimSerial {
  readonly #machine: Machine;
  readonly #random: Random;
  readonly #intake: SimIntake;
  readonly #path: string;
  readonly #garbles: number;
  readonly #tally: SerialTally;
  readonly #rows: SerialRow[] = [];
  #queue: { readonly bytes: Buffer; readonly row: SerialRow }[] = [];
  /** What of the first line of the queue was read already. */
  #sentBytes = 0;
  #isSending = false;
  #hear: ((chunk: Uint8Array) => void) | undefined;
  #hangUp: (() => void) | undefined;
  #count = 0;

  constructor(options: {
    readonly machine: Machine;
    readonly random: Random;
    readonly intake: SimIntake;
    readonly number: number;
    /** Probability of damage per line. */
    readonly garbles: number;
    readonly tally: SerialTally;
  }) {
    this.#machine = options.machine;
    this.#random = options.random;
    this.#intake = options.intake;
    this.#path = `/dev/ttyUSB${options.number}`;
    this.#garbles = options.garbles;
    this.#tally = options.tally;
  }

  get sent(): readonly SentRow[] {
    return this.#rows.map(({ line, poison, isSafe }) => ({ line, poison, acknowledged: isSafe }));
  }

  get isDone(): boolean {
    return this.#queue.length === 0;
  }

  get isPlugged(): boolean {
    return this.#hear !== undefined;
  }

  /** The host opens the port. */
  open(): SerialChannel {
    return {
      path: this.#path,
      write: () => undefined,
      onData: (listener) => {
        this.#hear = listener;
        this.#pump();
      },
      onClose: (listener) => {
        this.#hangUp = listener;
      },
    };
  }

  /** The device says a line. Gives the landing line that it becomes. */
  publish(): string {
    const line = JSON.stringify({
      sensorReadingTime: 1_700_000_000_000 + this.#count++ * 20,
      serialNumber: `serial-${this.#path.slice(-1)}`,
      distanceFromObject: drawInteger(this.#random, 1, 400),
    });
    const poison = drawChance(this.#random, this.#garbles);
    if (poison) this.#tally.garbled++;
    this.#put(
      poison ? `~${line.slice(1, drawInteger(this.#random, 2, line.length))}` : line,
      poison,
    );
    return line;
  }

  /** The cable is pulled: what was read of a line is cut off, and the rest of it is gone. */
  unplug(): void {
    if (this.#hear === undefined) return;
    this.#tally.unplugged++;
    const [first] = this.#queue;
    if (first !== undefined && this.#sentBytes > 0) {
      const half = first.bytes.subarray(0, this.#sentBytes).toString();
      this.#queue.shift();
      this.#sentBytes = 0;
      const row = this.#addRow(half, true);
      this.#intake.serial([row], () => this.#hangUp?.());
    } else {
      this.#hangUp?.();
    }
    this.#hear = undefined;
  }

  /** The host is dead: what it had read of a line died with it, and the next one hears the rest of it, or nothing. */
  hostDied(): void {
    this.#hear = undefined;
    const [first] = this.#queue;
    if (first === undefined || this.#sentBytes === 0) return;
    this.#tally.cutByDeath++;
    const rest = first.bytes.subarray(this.#sentBytes);
    this.#queue.shift();
    this.#sentBytes = 0;
    if (rest.length <= 2 || drawChance(this.#random, 0.5)) return;
    this.#queue.unshift({ bytes: rest, row: this.#addRow(rest.subarray(0, -1).toString(), true) });
  }

  /** Nothing is heard while the host has no room. */
  resume(): void {
    this.#pump();
  }

  #put(line: string, poison: boolean): void {
    this.#queue.push({ bytes: Buffer.from(`${line}\n`), row: this.#addRow(line, poison) });
    this.#pump();
  }

  #addRow(line: string, poison: boolean): SerialRow {
    const row = { line, poison, isRead: false, isSafe: false };
    this.#rows.push(row);
    return row;
  }

  #pump(): void {
    if (this.#isSending || this.#hear === undefined || this.#queue.length === 0) return;
    this.#isSending = true;
    this.#machine.at(this.#machine.now() + drawInteger(this.#random, ...CHUNK_MS), () => {
      this.#isSending = false;
      this.#deliver();
      this.#pump();
    });
  }

  #deliver(): void {
    const hear = this.#hear;
    if (hear === undefined || !this.#intake.hasRoom) return;
    const pieces: Buffer[] = [];
    const rows: SerialRow[] = [];
    let room = drawInteger(this.#random, 1, CHUNK_BYTES_MAX);
    while (room > 0) {
      const [first] = this.#queue;
      if (first === undefined) break;
      const piece = first.bytes.subarray(this.#sentBytes, this.#sentBytes + room);
      pieces.push(piece);
      room -= piece.length;
      this.#sentBytes += piece.length;
      if (this.#sentBytes < first.bytes.length) break;
      rows.push(first.row);
      this.#queue.shift();
      this.#sentBytes = 0;
    }
    this.#intake.serial(rows, () => hear(Buffer.concat(pieces)));
  }
}
