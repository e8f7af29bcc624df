/** What a transcript says about a device. */
import { LEVELS, RULE_IDS, RULES } from '../../firmware-protocol/index.ts';
import type { Level, RuleId } from '../../firmware-protocol/index.ts';
import { readTranscript } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { sendsFrames } from './judges/framing.ts';
import type { Judgement } from './judges/judge.ts';
import { JUDGES } from './judges/judges.ts';
import { perConversation } from './judges/per-conversation.ts';
import { isRaw } from './judges/raw.ts';
import type { KitReport, RuleResult, TestedDevice } from './kit-report.ts';
import { isNoise } from './noise.ts';
import type { Transcript } from './transcript.ts';

const isAllNoise = perConversation(({ all }) => isNoise(all));

/** Under which circumstances a transcript came about. */
export interface Circumstances {
  /** The highest level that was asked for. */
  readonly level: Level;
  /** Time of one byte on the line in ms, 0 for a line without a pace. */
  readonly byteMs: number;
  /** Why the kit ended early. */
  readonly stopped: string | undefined;
  /** True when readings came after the last STOP. */
  readonly keptStreaming: boolean;
}

/** Judges a transcript by every rule. */
export function judgeTranscript(transcript: Transcript, circumstances: Circumstances): KitReport {
  const { stopped, keptStreaming, level, byteMs } = circumstances;
  const conversation = readTranscript(transcript, byteMs);
  const rules = RULE_IDS.map((id) => judgeRule(id, conversation, level));
  const isBroken = stopped !== undefined || rules.some(({ verdict }) => verdict === 'failed');
  return {
    verdict: isBroken ? 'failed' : 'passed',
    // A level is what a whole run has shown.
    level: stopped === undefined ? findLevel(rules, conversation) : undefined,
    device: describeDevice(conversation),
    rules,
    transcript,
    ...(stopped === undefined ? {} : { stopped }),
    ...(keptStreaming
      ? { keptStreaming: 'The device still sent readings after the last STOP.' }
      : {}),
  };
}

function judgeRule(id: RuleId, conversation: Conversation, level: Level): RuleResult {
  const { title, hint } = RULES[id];
  const blocked = findReason(id, conversation, level);
  const judged: Judgement =
    blocked === undefined || blocked.isWeak
      ? JUDGES[id](conversation)
      : { chances: 0, violations: [], reason: blocked.reason };
  const { chances, violations } = judged;
  if (violations.length > 0) return { id, verdict: 'failed', title, hint, chances, violations };
  if (chances > 0 && blocked === undefined) {
    return { id, verdict: 'passed', title, hint, chances, violations };
  }
  const reason = blocked?.reason ?? judged.reason ?? 'there was no occasion';
  return { id, verdict: 'not-tested', title, hint, chances: 0, violations, reason };
}

/** Why a rule is not tested; `isWeak` when it can be seen to be broken all the same. */
function findReason(
  id: RuleId,
  conversation: Conversation,
  level: Level,
): { readonly reason: string; readonly isWeak: boolean } | undefined {
  const rule = RULES[id];
  if (isAllNoise(conversation)) return { reason: 'what arrives is not text', isWeak: false };
  if (rule.level > level) return { reason: `level ${rule.level} was not asked for`, isWeak: false };
  if (rule.level !== 'L0' && isRaw(conversation)) {
    return { reason: 'the device sends bare records', isWeak: false };
  }
  const isDeaf =
    conversation.asked.length > 0 &&
    conversation.asked.every(({ answers }) => answers.length === 0);
  if ((rule.level === 'L2' || rule.level === 'L3') && isDeaf) {
    return { reason: 'the device answers no command', isWeak: false };
  }
  const { options } = conversation.capabilities;
  const isOffered = rule.option === undefined || options?.includes(rule.option) === true;
  return isOffered
    ? undefined
    : { reason: `the device does not offer the option ${rule.option}`, isWeak: true };
}

/** The highest level of which some rules were tested and none was broken, like those of all levels below. */
function findLevel(rules: readonly RuleResult[], conversation: Conversation): Level | undefined {
  const isAnyFramed = sendsFrames(conversation);
  let reached: Level | undefined;
  for (const level of LEVELS) {
    const own = rules.filter(({ id }) => RULES[id].level === level);
    // Framed lines are more than bare records.
    if (level === 'L0' && isAnyFramed) continue;
    const isReached =
      own.some(({ verdict }) => verdict === 'passed') &&
      own.every(({ verdict }) => verdict !== 'failed');
    if (!isReached) break;
    reached = level;
  }
  return reached;
}

function describeDevice({ all }: Conversation): TestedDevice {
  for (const { meant } of all) {
    if (meant?.kind !== 'id') continue;
    const { serial, model, firmware } = meant;
    return { serial, model, firmware };
  }
  return { serial: undefined, model: undefined, firmware: undefined };
}
