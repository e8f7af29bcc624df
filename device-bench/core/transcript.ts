/** What passed between the kit and a device: the one thing that rules are judged by. */

/**
 * One entry. Times are ms on the link's clock; `bytes` has one byte per character (latin1).
 *
 * `received` is one line with its line end as it came, or what was left without one at the end of an act; `fromMs` is
 * the arrival of its first byte, `atMs` that of its last.
 */
export type TranscriptEntry =
  | { readonly kind: 'act'; readonly atMs: number; readonly name: string }
  | { readonly kind: 'sent'; readonly atMs: number; readonly bytes: string }
  | {
      readonly kind: 'received';
      readonly fromMs: number;
      readonly atMs: number;
      readonly bytes: string;
    }
  | { readonly kind: 'reset'; readonly atMs: number }
  | { readonly kind: 'closed'; readonly atMs: number };

/** Entries in the order of their times. */
export type Transcript = readonly TranscriptEntry[];
