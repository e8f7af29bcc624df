/** The piece of a conversation around one entry: enough to see what was asked and what came. */
import type { Transcript, TranscriptEntry } from '../core/transcript.ts';
import { escapeBytes } from './escape-bytes.ts';

/** Who spoke: the kit `sent`, the device was `received`. */
export type ExcerptKind = Exclude<TranscriptEntry['kind'], 'act'>;

/** One line of an excerpt. */
export interface ExcerptLine {
  readonly kind: ExcerptKind;
  /** Time from the entry that the excerpt is about, in ms. */
  readonly offsetMs: number;
  /** The bytes, escaped; what happened where there are none. */
  readonly text: string;
  /** This is the entry that the excerpt is about. */
  readonly isSubject: boolean;
  /** Entries between the line before and this one that are not shown. */
  readonly skipped: number;
}

/** A piece of a conversation. */
export interface Excerpt {
  readonly act: string;
  /** Time of the entry since the conversation began, in ms. */
  readonly atMs: number;
  readonly lines: readonly ExcerptLine[];
}

const ENTRIES_BEFORE = 2;
const ENTRIES_AFTER = 1;
/** More of a line shows nothing that the transcript does not show better. */
const BYTES_SHOWN_MAX = 160;

/** Cuts out what is around an entry, within its act; the command before it is always in it. */
export function cutExcerpt(transcript: Transcript, index: number): Excerpt | undefined {
  const subject = transcript[index];
  if (subject === undefined) return undefined;
  const begin = transcript.findLastIndex((entry, at) => at <= index && entry.kind === 'act');
  const act = transcript[begin];
  const indices = chooseEntries(transcript, index, begin);
  const lines = indices.flatMap((at, position) => {
    const entry = transcript[at];
    if (entry === undefined || entry.kind === 'act') return [];
    const previous = position === 0 ? at - 1 : (indices[position - 1] ?? 0);
    return [
      {
        kind: entry.kind,
        offsetMs: entry.atMs - subject.atMs,
        text: describeEntry(entry),
        isSubject: at === index,
        skipped: at - previous - 1,
      },
    ];
  });
  const startMs = transcript[0]?.atMs ?? 0;
  return { act: act?.kind === 'act' ? act.name : '', atMs: subject.atMs - startMs, lines };
}

function chooseEntries(transcript: Transcript, index: number, begin: number): number[] {
  const first = Math.max(begin + 1, index - ENTRIES_BEFORE);
  const command = transcript.findLastIndex(
    ({ kind }, at) => at > begin && at < index && (kind === 'sent' || kind === 'reset'),
  );
  const next = transcript.findIndex(({ kind }, at) => at > index && kind === 'act');
  const end = Math.min(next === -1 ? transcript.length : next, index + ENTRIES_AFTER + 1);
  const around = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  return command === -1 || command >= first ? around : [command, ...around];
}

function describeEntry(entry: Exclude<TranscriptEntry, { kind: 'act' }>): string {
  if (entry.kind === 'reset') return '(the device was reset)';
  if (entry.kind === 'closed') return '(the port went away)';
  const { bytes } = entry;
  if (bytes.length <= BYTES_SHOWN_MAX) return escapeBytes(bytes);
  return `${escapeBytes(bytes.slice(0, BYTES_SHOWN_MAX))}... (${bytes.length} bytes)`;
}

/** A time as people read it: `+12.5 ms`, `-3.2 s`. */
export function formatOffset(offsetMs: number): string {
  const sign = offsetMs < 0 ? '-' : '+';
  const size = Math.abs(offsetMs);
  return size < 1_000 ? `${sign}${size.toFixed(1)} ms` : `${sign}${(size / 1_000).toFixed(2)} s`;
}
