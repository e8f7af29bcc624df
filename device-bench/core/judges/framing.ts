/** Judges of the line format. */
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Conversation } from '../conversation.ts';
import type { FramingRuleId } from '../framing-rule-id.ts';
import type { Heard } from '../restarts.ts';
import { judgeEach } from './judge.ts';
import type { Judge } from './judge.ts';
import { perConversation } from './per-conversation.ts';

/** The judges of the line format. */
export const FRAMING_JUDGES: Readonly<Record<FramingRuleId, Judge>> = {
  'STL-FRAME-001': judgeLines('STL-FRAME-001', () => true),
  'STL-FRAME-002': judgeLines('STL-FRAME-002', () => true),
  'STL-FRAME-003': judgeLines('STL-FRAME-003', isFramed),
  'STL-FRAME-004': judgeLines('STL-FRAME-004', isFramed),
  'STL-FRAME-005': judgeLines('STL-FRAME-005', () => true),
  'STL-FRAME-006': judgeLines('STL-FRAME-006', () => true),
  'STL-FRAME-007': judgeLines('STL-FRAME-007', isFramed),
  'STL-FRAME-008': judgeLines('STL-FRAME-008', isFramed),
  'STL-FRAME-009': judgeLines('STL-FRAME-009', (line) => line.meant?.kind === 'text'),
};

/** True for a line of class `$`, `=` or `!`, or one that was meant to be. */
export function isFramed(line: Heard): boolean {
  return line.meant !== undefined ? line.meant.kind !== 'text' : /^[$=!]/.test(line.bytes);
}

/** What a framed line begins with; a shell's prompt begins with a class character, too. */
const FRAME_START = /^[$=!]\w+[,*]/;

/** True for a device that sends framed lines at all. */
export const sendsFrames: (conversation: Conversation) => boolean = perConversation(({ all }) =>
  all.some((line) => isFramed(line) && (line.meant !== undefined || FRAME_START.test(line.bytes))),
);

/**
 * The lines that tell about the line format. What is broken under overload only is torn, and has a rule of its own.
 * Raw records are no lines of this format.
 */
export const linesOfFormat: (conversation: Conversation) => readonly Heard[] = perConversation(
  (conversation) =>
    sendsFrames(conversation)
      ? conversation.heard.filter((line) => line.act !== OVERLOAD_ACT && !line.isTorn)
      : [],
);

function judgeLines(rule: FramingRuleId, isChance: (line: Heard) => boolean): Judge {
  return (conversation) => {
    const lines = linesOfFormat(conversation).filter(
      (line) => isChance(line) || line.breaches.some((breach) => breach.rule === rule),
    );
    const reason =
      rule === 'STL-FRAME-009'
        ? 'the device sends no free text'
        : 'the device sends no framed lines';
    return judgeEach(
      lines,
      reason,
      (line) => line.breaches.find((breach) => breach.rule === rule)?.message,
    );
  };
}
