import { frameLine } from '../../../firmware-protocol/framing.ts';
import type { Transcript, TranscriptEntry } from '../../../device-bench/core/transcript.ts';

/**
 * Builds a transcript from lines: `/name` begins an act, `> text` is sent, `reset` restarts the device, and the rest is
 * received; framed without a CRC of its own, it gets the right one. Entries are 10 ms apart, `+ms` makes a pause.
 */
export function tellTranscript(...lines: readonly string[]): Transcript {
  const entries: TranscriptEntry[] = [];
  let atMs = 0;
  for (const line of lines) {
    atMs += 10;
    if (line.startsWith('+')) atMs += Number(line.slice(1));
    else entries.push(tellEntry(line, atMs));
  }
  return entries;
}

function tellEntry(line: string, atMs: number): TranscriptEntry {
  if (line.startsWith('/')) return { kind: 'act', atMs, name: line.slice(1) };
  if (line.startsWith('> ')) return { kind: 'sent', atMs, bytes: `${line.slice(2)}\r\n` };
  if (line === 'reset') return { kind: 'reset', atMs };
  if (line === 'closed') return { kind: 'closed', atMs };
  const isBare = /^[$=!]/.test(line) && !/\*[^*]*$/.test(line);
  const bytes = isBare ? frameLine(line) : `${line}\r\n`;
  return { kind: 'received', fromMs: atMs - 5, atMs, bytes };
}
