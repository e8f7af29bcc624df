/** A store that makes records durable when it is told to. */
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import type { RecordStore } from '../../bridge/ports.ts';

/** One append. */
export interface HeldAppend {
  readonly table: BatchTable;
  readonly text: string;
  readonly rows: number;
  readonly onDurable: () => void;
}

/** Keeps what is appended, in order. */
export class HeldRecords implements RecordStore {
  readonly durable: HeldAppend[] = [];
  readonly waiting: HeldAppend[] = [];
  isFull = false;
  flushes = 0;

  append(table: BatchTable, lines: Uint8Array, rows: number, onDurable?: () => void): void {
    const text = Buffer.from(lines).toString();
    this.waiting.push({ table, text, rows, onDurable: onDurable ?? (() => undefined) });
  }

  flush(): void {
    this.flushes++;
  }

  onRoom(): void {}

  /** Makes the next `appends` durable, of this table only if one is given. */
  sync(appends: number = Number.POSITIVE_INFINITY, table?: BatchTable): void {
    const due = this.waiting.filter((each) => table === undefined || each.table === table);
    for (const each of due.slice(0, appends)) {
      this.waiting.splice(this.waiting.indexOf(each), 1);
      this.durable.push(each);
      each.onDurable();
    }
  }

  /** All durable lines of tables that begin so. */
  lines(prefix: string): string[] {
    return this.durable
      .filter(({ table }) => table.startsWith(prefix))
      .flatMap(({ text }) => text.split('\n').slice(0, -1));
  }
}
