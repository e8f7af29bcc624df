/** A transcript, cut into acts, and these into what was sent and what came until the next was sent. */
import type { LineShape } from './line-shape.ts';
import { ShapeReader } from './line-shape.ts';
import type { Transcript } from './transcript.ts';

/** A line of the device; `entry` is its index in the transcript. */
export interface ShapedLine {
  readonly entry: number;
  readonly atMs: number;
  readonly bytes: string;
  readonly shape: LineShape;
}

/** What was sent, `reset` for a restart, nothing for the beginning of an act; and the lines that followed. */
export interface Exchange {
  readonly entry: number;
  readonly atMs: number;
  readonly sent: string | undefined;
  readonly lines: readonly ShapedLine[];
}

/** One act; `entry` is that of its beginning, `ordinal` counts the acts of the same name before it. */
export interface PlayedAct {
  readonly name: string;
  readonly ordinal: number;
  readonly entry: number;
  readonly exchanges: readonly Exchange[];
}

interface GrowingExchange extends Exchange {
  readonly lines: ShapedLine[];
}

interface GrowingAct extends PlayedAct {
  readonly exchanges: GrowingExchange[];
}

/** Cuts a transcript into its acts. */
export function cutIntoActs(transcript: Transcript): readonly PlayedAct[] {
  const acts: GrowingAct[] = [];
  const reader = new ShapeReader();
  for (const [entry, seen] of transcript.entries()) {
    const act = acts.at(-1);
    const { atMs } = seen;
    if (seen.kind === 'act') {
      const ordinal = acts.filter(({ name }) => name === seen.name).length;
      const exchanges = [{ entry, atMs, sent: undefined, lines: [] }];
      acts.push({ name: seen.name, ordinal, entry, exchanges });
    } else if (seen.kind === 'received') {
      const { bytes } = seen;
      act?.exchanges.at(-1)?.lines.push({ entry, atMs, bytes, shape: reader.read(bytes, atMs) });
    } else if (seen.kind !== 'closed') {
      const sent = seen.kind === 'sent' ? seen.bytes : 'reset';
      act?.exchanges.push({ entry, atMs, sent, lines: [] });
    }
  }
  return acts;
}

/** The lines of one kind. */
export function linesOf({ lines }: Exchange, kind: LineShape['kind']): readonly ShapedLine[] {
  return lines.filter(({ shape }) => shape.kind === kind);
}
