/** What the demo page asks of its server, and what it gets. Times are epoch ms of the world. */
import type { DemoPolicy } from './api.ts';

/** `POST /api/deeds`: what somebody does to the running world. */
export type Deed =
  /** The website gives out serial numbers from a pool of this size; `null`: everybody their own. */
  | { readonly do: 'serials'; readonly pool: number | null }
  | { readonly do: 'policy'; readonly policy: DemoPolicy }
  | { readonly do: 'consent'; readonly person: number; readonly isGiven: boolean }
  /** Clocks of phones are off by at most so many ms from now on. */
  | { readonly do: 'skew'; readonly ms: number }
  | { readonly do: 'unplug'; readonly station: number; readonly isOn: boolean }
  /** The boxes of two stations change places. */
  | { readonly do: 'swap'; readonly station: number; readonly with: number }
  | { readonly do: 'garble'; readonly station: number; readonly isOn: boolean }
  | { readonly do: 'broker'; readonly isUp: boolean }
  | { readonly do: 'storage'; readonly isUp: boolean }
  | { readonly do: 'speed'; readonly factor: number }
  | { readonly do: 'pause'; readonly isOn: boolean };

/** The answer to a deed that was done. */
export interface DeedDone {
  readonly atMs: number;
  /** The story line that tells it. */
  readonly story: number;
}

/** The answer to everything that was refused. */
export interface Refusal {
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What a look behind a number asks for: `GET /api/rows?policy=&table=&what=&offset=`. */
export type RowKind = 'all' | 'leaked' | 'wrong' | 'missing';

/** The rows behind a number, of the last verdict. */
export interface RowPage {
  readonly cycle: number;
  readonly total: number;
  readonly offset: number;
  readonly columns: readonly string[];
  readonly rows: readonly TruthRow[];
}

/** A row with its truth beside it. */
export interface TruthRow {
  /** As the table holds it, e-mails masked. Empty for rows that are missing. */
  readonly cells: readonly (string | number | null)[];
  /** What really happened, in words. */
  readonly truth: string;
  /** Numbers of the readings behind it, for `GET /api/readings/N`. */
  readonly readings: readonly number[];
}

/** `GET /api/readings/N`: one reading's life, from motion to row, as lines of text with their bytes. */
export interface ReadingLife {
  readonly reading: number;
  readonly title: string;
  readonly stages: readonly {
    readonly name: string;
    readonly text: string;
    readonly bytes?: string;
  }[];
}

/** `GET /api/objects?table=`: the landing objects behind a number; the bytes of one are at `/api/objects/<key>`. */
export interface ObjectPage {
  readonly total: number;
  /** The newest first, at most 200. */
  readonly objects: readonly {
    readonly key: string;
    readonly bytes: number;
    readonly rows: number;
  }[];
}
