/** What a transcript says about a device. */
import { LEVELS, RULE_IDS, RULES } from '../../firmware-protocol/index.ts';
import type { Level, RuleId } from '../../firmware-protocol/index.ts';
import { readTranscript } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { sendsFrames } from './judges/framing.ts';
import type { Judge, Judgement } from './judges/judge.ts';
import { JUDGES } from './judges/judges.ts';
import { perConversation } from './judges/per-conversation.ts';
import { isRaw } from './judges/raw.ts';
import type { KitReport, RuleResult, TestedDevice } from './kit-report.ts';
import { isNoise } from './noise.ts';
import { tellError } from './tell-error.ts';
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
  /** How the kit itself failed. */
  readonly crashed?: string | undefined;
  /** Who judges; {@link JUDGES} unless given. */
  readonly judges?: Readonly<Record<RuleId, Judge>>;
}

/** What is said about a device. */
type Findings = Pick<KitReport, 'level' | 'device' | 'rules'>;

const UNKNOWN_DEVICE: TestedDevice = { serial: undefined, model: undefined, firmware: undefined };

/** Judges a transcript by every rule. A judge that fails costs its own rule, and the report says so. */
export function judgeTranscript(transcript: Transcript, circumstances: Circumstances): KitReport {
  const { stopped, keptStreaming } = circumstances;
  const crashes = circumstances.crashed === undefined ? [] : [circumstances.crashed];
  const { rules, device, level } = findAll(transcript, circumstances, crashes);
  const [crashed] = crashes;
  const isWhole = stopped === undefined && crashed === undefined;
  const isBroken = !isWhole || rules.some(({ verdict }) => verdict === 'failed');
  return {
    verdict: isBroken ? 'failed' : 'passed',
    // A level is what a whole run has shown.
    level: isWhole ? level : undefined,
    device,
    rules,
    transcript,
    ...(stopped === undefined ? {} : { stopped }),
    ...(crashed === undefined ? {} : { crashed }),
    ...(keptStreaming
      ? { keptStreaming: 'The device still sent readings after the last STOP.' }
      : {}),
  };
}

/** Adds to `crashes` what fails on the way. */
function findAll(
  transcript: Transcript,
  { level, byteMs, judges = JUDGES }: Circumstances,
  crashes: string[],
): Findings {
  try {
    const conversation = readTranscript(transcript, byteMs);
    const rules = RULE_IDS.map((id) => {
      const judge = guard(judges[id], (what) =>
        crashes.push(`The judge of ${id} failed (${what}).`),
      );
      return judgeRule(id, conversation, level, judge);
    });
    return { rules, device: describeDevice(conversation), level: findLevel(rules, conversation) };
  } catch (error) {
    const what = tellError(error);
    crashes.push(`The transcript could not be judged (${what}).`);
    const rules = RULE_IDS.map((id) =>
      notTested(id, `the transcript could not be judged (${what}), which is a defect of STEDI`),
    );
    return { rules, device: UNKNOWN_DEVICE, level: undefined };
  }
}

/** A judge that has found nothing when it fails, and says why. */
function guard(judge: Judge, onFailure: (what: string) => void): Judge {
  return (conversation) => {
    try {
      return judge(conversation);
    } catch (error) {
      const what = tellError(error);
      onFailure(what);
      const reason = `its judge failed (${what}), which is a defect of STEDI`;
      return { chances: 0, violations: [], reason };
    }
  };
}

function judgeRule(id: RuleId, conversation: Conversation, level: Level, judge: Judge): RuleResult {
  const { title, hint } = RULES[id];
  const blocked = findReason(id, conversation, level);
  const judged: Judgement =
    blocked === undefined || blocked.isWeak
      ? judge(conversation)
      : { chances: 0, violations: [], reason: blocked.reason };
  const { chances, violations } = judged;
  if (violations.length > 0) return { id, verdict: 'failed', title, hint, chances, violations };
  if (chances > 0 && blocked === undefined) {
    return { id, verdict: 'passed', title, hint, chances, violations };
  }
  return notTested(id, blocked?.reason ?? judged.reason ?? 'there was no occasion');
}

function notTested(id: RuleId, reason: string): RuleResult {
  const { title, hint } = RULES[id];
  return { id, verdict: 'not-tested', title, hint, chances: 0, violations: [], reason };
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
  return UNKNOWN_DEVICE;
}
