import { readTranscript } from '../../../../device-bench/core/conversation.ts';
import type { Conversation } from '../../../../device-bench/core/conversation.ts';
import { JUDGES } from '../../../../device-bench/core/judges/judges.ts';
import type { Transcript, TranscriptEntry } from '../../../../device-bench/core/transcript.ts';
import { LINE_END, RULE_IDS } from '../../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../../firmware-protocol/index.ts';
import { frameLine } from '../../../../firmware-protocol/framing.ts';

/** A boot, 100 ms before most talks begin. */
export const BOOT = '0 < !BOOT,7F3A,PWR';
export const SERIAL = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

/**
 * A conversation in lines with their times in ms: `12 > @1 PING` is sent and `20 < =OK,1,PING,` received, both with the
 * right CRC; behind `>!` and `<!` bytes stand as they are, `40 reset` uses the reset line, `50 /stream` begins an act.
 */
export function talk(...lines: readonly string[]): Conversation {
  return readTranscript(tell(lines), 0);
}

/** The same on a line on which a byte takes its time. */
export function talkAt(byteMs: number, ...lines: readonly string[]): Conversation {
  return readTranscript(tell(lines), byteMs);
}

/** All rules that judges find broken. */
export function broken(...lines: readonly string[]): readonly RuleId[] {
  const conversation = talk(...lines);
  return RULE_IDS.filter((id) => JUDGES[id](conversation).violations.length > 0);
}

/** How often a rule could have been broken. */
export function chances(rule: RuleId, ...lines: readonly string[]): number {
  return JUDGES[rule](talk(...lines)).chances;
}

/** A reading. */
export function reading(atMs: number, seq: number, ticks: number = atMs, flags = 0): string {
  return `${atMs} < $R,7F3A,${seq},${Math.floor(ticks)},181,${flags}`;
}

/** START at `atMs`, and readings from one period later on. */
export function stream(atMs: number, rateHz: number, periodMs: number, count: number): string[] {
  const readings = Array.from({ length: count }, (_, index) =>
    reading(atMs + 5 + (index + 1) * periodMs, index),
  );
  return [`${atMs} > @s START ${rateHz}`, `${atMs + 5} < =OK,s,START,${rateHz}`, ...readings];
}

function tell(lines: readonly string[]): Transcript {
  return lines.map(tellEntry);
}

function tellEntry(line: string): TranscriptEntry {
  const [, time = '', mark = '', text = ''] = /^(\S+) (>!?|<!?|\S+) ?(.*)$/s.exec(line) ?? [];
  const atMs = Number(time);
  if (mark.startsWith('/')) return { kind: 'act', atMs, name: mark.slice(1) };
  if (mark === 'reset') return { kind: 'reset', atMs };
  const asItIs = /[\r\n]$/.test(text) ? text : text + LINE_END;
  const bytes = mark.endsWith('!') || text.startsWith('#') ? asItIs : frameLine(text);
  return mark.startsWith('>')
    ? { kind: 'sent', atMs, bytes }
    : { kind: 'received', fromMs: atMs, atMs, bytes };
}
