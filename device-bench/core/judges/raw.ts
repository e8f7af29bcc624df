/** Judges of devices that send bare records. */
import { decodeRawRecord, MAX_RAW_LINE_BYTES } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Heard } from '../restarts.ts';
import type { Conversation } from '../conversation.ts';
import { sendsFrames } from './framing.ts';
import { judgeEach } from './judge.ts';
import type { Judge } from './judge.ts';
import { perConversation } from './per-conversation.ts';

const LINE_FEED = '\n';

/** The judges of bare records. */
export const RAW_JUDGES: Readonly<Record<RuleId & `STL-RAW-${string}`, Judge>> = {
  'STL-RAW-001': judgeRaw('STL-RAW-001', (line: string) => `${line} is no record.`),
  'STL-RAW-002': judgeRaw(
    'STL-RAW-002',
    (_: string, bytes: number) =>
      `The line has ${bytes} bytes, at most ${MAX_RAW_LINE_BYTES} are due.`,
  ),
};

/** True for a device that sends bare records and nothing that is framed. */
export const isRaw: (conversation: Conversation) => boolean = perConversation(
  (conversation) =>
    !sendsFrames(conversation) && conversation.all.some(({ bytes }) => /^\s*[{[]/.test(bytes)),
);

function judgeRaw(rule: RuleId, describe: (line: string, bytes: number) => string): Judge {
  return (conversation) => {
    const lines = isRaw(conversation) ? conversation.heard : [];
    const reason = sendsFrames(conversation)
      ? 'the device sends framed lines'
      : 'the device sends no records';
    return judgeEach(lines, reason, (line) => wrongRecord(line, rule, describe));
  };
}

function wrongRecord(
  { bytes }: Heard,
  rule: RuleId,
  describe: (line: string, bytes: number) => string,
): string | undefined {
  const content = bytes.endsWith(LINE_FEED) ? bytes.slice(0, -1) : bytes;
  const decoded = decodeRawRecord(content);
  if (decoded.kind === 'record' || decoded.rule !== rule) return undefined;
  const text = content.trimEnd();
  return describe(`"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`, bytes.length);
}
