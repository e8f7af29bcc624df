/** The byte log of a check as a text: one line per entry, seconds since the first, every byte readable. */
import type { KitReport } from '../core/kit-report.ts';
import type { Transcript, TranscriptEntry } from '../core/transcript.ts';
import type { CheckTarget } from './check-document.ts';
import { escapeBytes } from './escape-bytes.ts';

/** Stands at the head of every byte log. */
export const TRANSCRIPT_MARK = '# STEDI Testbed: all that passed between the kit and a device';

const TIME_WIDTH = 9;

/** Writes the byte log. `>` is what the kit sent, `<` what the device sent, timed by its last byte. */
export function formatTranscript(report: KitReport, { port, baudRate }: CheckTarget): string {
  const { transcript, device, stopped, crashed } = report;
  const entries = inOrder(transcript);
  const startMs = entries[0]?.atMs ?? 0;
  return [
    TRANSCRIPT_MARK,
    `# ${port}${baudRate === undefined ? '' : `, ${baudRate} baud`}, device ${device.serial ?? 'unknown'}`,
    '# seconds, > sent to the device, < received from it; \\r CR, \\n LF, \\xNN another byte',
    ...entries.map((entry) => `${formatTime(entry.atMs - startMs)}  ${formatEntry(entry)}`),
    ...(stopped === undefined ? [] : [`# stopped: ${escapeBytes(stopped)}`]),
    ...(crashed === undefined ? [] : [`# crashed: ${escapeBytes(crashed)}`]),
    '',
  ].join('\n');
}

/** A line is known to be one only when it has ended, and may have been waited for while something was sent. */
function inOrder(transcript: Transcript): Transcript {
  return transcript.toSorted((left, right) => left.atMs - right.atMs);
}

function formatTime(ms: number): string {
  return (ms / 1_000).toFixed(4).padStart(TIME_WIDTH);
}

function formatEntry(entry: TranscriptEntry): string {
  switch (entry.kind) {
    case 'act':
      return `-- ${entry.name}`;
    case 'sent':
      return `>  ${escapeBytes(entry.bytes)}`;
    case 'received':
      return `<  ${escapeBytes(entry.bytes)}`;
    case 'reset':
      return '!  reset';
    case 'closed':
      return '!  the port went away';
  }
}
